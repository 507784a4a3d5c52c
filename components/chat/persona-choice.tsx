import { useId } from 'react'
import type { PersonaOption } from '#lib/chat/types.ts'

interface PersonaChoiceProps {
  personas: PersonaOption[]
  value: string
  onChange(persona: string): void
}

/** The personas side by side, with a line about each. */
export function PersonaChoice({ personas, value, onChange }: PersonaChoiceProps) {
  const name = useId()
  return (
    <fieldset className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,12rem),1fr))] gap-2">
      <legend className="sr-only">Who answers</legend>
      {personas.map(({ id, label, description }) => (
        <label
          key={id}
          className="cursor-pointer rounded-xl border border-line px-3.5 py-2.5 text-sm transition-colors duration-150 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
        >
          <input
            type="radio"
            name={name}
            value={id}
            checked={id === value}
            onChange={() => onChange(id)}
            className="sr-only"
          />
          <span className="font-medium">{label}</span>
          <span className="mt-0.5 block text-muted">{description}</span>
        </label>
      ))}
    </fieldset>
  )
}
