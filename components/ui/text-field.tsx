'use client'

import { type ComponentProps, useId } from 'react'
import { classNames } from './class-names.ts'

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  /** What the field is for; its accessible name. */
  label: string
  /** A quiet line under the field. */
  hint?: string
  /** What is wrong with the value; takes the hint's place and is announced. */
  error?: string
}

/** A labelled line of text, with its hint or its error below. */
export function TextField({ label, hint, error, className, ...props }: TextFieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={classNames('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <input
        {...props}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={classNames(
          'h-11 w-full rounded-lg border bg-raised px-3 text-foreground transition-colors duration-150',
          'focus-visible:outline-offset-0 disabled:opacity-60',
          error ? 'border-danger' : 'border-edge',
        )}
      />
      <p
        id={`${id}-note`}
        aria-live="polite"
        className={classNames(
          'min-h-5 text-pretty text-sm wrap-anywhere',
          error ? 'text-danger' : 'text-muted',
        )}
      >
        {note}
      </p>
    </div>
  )
}
