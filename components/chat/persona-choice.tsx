import { useId } from 'react'
import type { PersonaOption } from '#lib/chat/types.ts'

interface PersonaChoiceProps {
  personas: PersonaOption[]
  value: string
  onChange(persona: string): void
}

/** The personas side by side, with a line about each; on a small screen only about the chosen one. */
export function PersonaChoice({ personas, value, onChange }: PersonaChoiceProps) {
  const name = useId()
  const chosen = personas.find(({ id }) => id === value)
  return (
    <fieldset>
      <legend className="sr-only">Who answers</legend>
      <div className="flex flex-wrap gap-2 md:grid md:grid-cols-2">
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
            <span className="mt-0.5 hidden text-muted md:block">{description}</span>
          </label>
        ))}
      </div>
      <p className="mt-3 text-muted text-sm md:hidden">{chosen?.description}</p>
    </fieldset>
  )
}
