import type { PersonaStack } from '#lib/chat/persona-stack.ts'
import { intensityLabels } from './intensity-labels.ts'

/** What two stacks are called beside each other: by intensity too where the label alone would not tell them apart. */
export function stackNames(left: PersonaStack, right: PersonaStack): [string, string] {
  if (left.persona.id !== right.persona.id) return [left.persona.label, right.persona.label]
  return [nameWithIntensity(left), nameWithIntensity(right)]
}

function nameWithIntensity({ persona, intensity }: PersonaStack): string {
  return `${persona.label}, ${intensityLabels[intensity].label.toLowerCase()} intensity`
}
