'use client'

import { useRouter } from 'next/navigation'
import { SelectField } from '#components/ui/select-field.tsx'
import { type PersonaPair, pairPath } from '#lib/chat/persona-address.ts'
import { type Intensity, intensities, type PersonaOption } from '#lib/chat/types.ts'
import { intensityLabels } from './intensity-labels.ts'

interface PairChoiceProps {
  page: 'compare' | 'try'
  pair: PersonaPair
  personas: PersonaOption[]
  side: 'left' | 'right'
}

/** Which persona stands on one side, at which intensity; the address follows. */
export function PairChoice({ page, pair, personas, side }: PairChoiceProps) {
  const router = useRouter()
  const isLeft = side === 'left'
  const id = isLeft ? pair.a : pair.b
  const own = personas.find((persona) => persona.id === id)?.intensity ?? 'medium'
  const intensity = (isLeft ? pair.ia : pair.ib) ?? own

  function go(change: Partial<PersonaPair>) {
    router.replace(pairPath(page, { ...pair, ...change }), { scroll: false })
  }

  // Another persona comes at its own intensity.
  const choosePersona = (chosen: string) => go(isLeft ? { a: chosen, ia: null } : { b: chosen, ib: null })
  const chooseIntensity = (chosen: Intensity) => go(isLeft ? { ia: chosen } : { ib: chosen })
  return (
    <div className="-mx-2.5 flex min-w-0 flex-wrap items-center font-medium">
      <SelectField
        label={isLeft ? 'First persona' : 'Second persona'}
        value={id}
        options={personas.map(({ id: value, label, description }) => ({ value, label, description }))}
        onChange={choosePersona}
      />
      <SelectField
        label={isLeft ? 'Intensity of the first' : 'Intensity of the second'}
        value={intensity}
        options={intensities.map((value) => ({ value, ...intensityLabels[value] }))}
        onChange={chooseIntensity}
        suffix={<span className="text-muted"> intensity</span>}
      />
    </div>
  )
}
