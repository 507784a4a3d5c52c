import { type ComponentProps, useId } from 'react'
import { MAX_INSTRUCTION_LENGTH } from '#lib/chat/limits.ts'

interface InstructionFieldProps extends Pick<ComponentProps<'textarea'>, 'ref' | 'name'> {
  label: string
  hint: string
  value: string
  onChange(text: string): void
}

/** A labelled text of some lines, with how long it is and may be. */
export function InstructionField({ label, hint, value, onChange, ref, name }: InstructionFieldProps) {
  const id = useId()
  const { length } = value.trim()
  const excess = length - MAX_INSTRUCTION_LENGTH
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <p id={`${id}-hint`} className="text-pretty text-muted text-sm">
        {hint}
      </p>
      <textarea
        ref={ref}
        id={id}
        name={name}
        value={value}
        rows={4}
        dir="auto"
        autoComplete="off"
        aria-invalid={excess > 0 || undefined}
        aria-describedby={`${id}-hint ${id}-length`}
        onChange={(event) => onChange(event.currentTarget.value)}
        className={`field-sizing-content max-h-96 min-h-28 w-full resize-y rounded-lg border bg-raised px-3 py-2.5 leading-6 focus-visible:outline-offset-0 ${
          excess > 0 ? 'border-danger' : 'border-edge'
        }`}
      />
      <p
        id={`${id}-length`}
        aria-live={excess > 0 ? 'polite' : 'off'}
        className={`text-sm tabular-nums ${excess > 0 ? 'text-danger' : 'text-muted'}`}
      >
        {describeLength(length)}
      </p>
    </div>
  )
}

function describeLength(length: number): string {
  const limit = MAX_INSTRUCTION_LENGTH.toLocaleString('en')
  const excess = length - MAX_INSTRUCTION_LENGTH
  if (excess > 0) return `${excess.toLocaleString('en')} characters more than the ${limit} that fit.`
  return `${length.toLocaleString('en')} of ${limit} characters`
}
