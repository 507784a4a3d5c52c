import { createHash } from 'node:crypto'
import { fillVariables } from './fill-variables.ts'
import type { ComposedText, PromptFragment } from './types.ts'

/** A fragment as it is composed, whatever editor wrote it: LF line ends, no blank lines around it. */
export function normalizeFragment(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
}

/** Joins fragments by one blank line, in the order given, with the variables filled in. */
export function composePrompt(
  fragments: readonly PromptFragment[],
  variables: Readonly<Record<string, string>> = {},
): ComposedText {
  const filled = fragments.map(({ path, text }) => {
    const part = fillVariables(text, variables)
    return { path, text: part, hash: sha256(part) }
  })
  const text = filled.map((fragment) => fragment.text).join('\n\n')
  return { text, hash: sha256(text), fragments: filled }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
