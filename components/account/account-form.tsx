'use client'

import { type ReactNode, useActionState, useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { AccountAction, AccountFormState } from './form-state.ts'

interface AccountFormProps {
  action: AccountAction
  /** The button's words, and those while the answer is awaited. */
  submit: { label: string; pending: string }
  /** What was wrong before anything was sent. */
  fault?: string | null
  /** Whether it is a part of a page, and not what the page is for. */
  isPart?: boolean
  children: (state: AccountFormState) => ReactNode
}

/** A form that is sent with or without JavaScript, puts the focus where something is wrong, and keeps what was typed. */
export function AccountForm({ action, submit, fault, isPart = false, children }: AccountFormProps) {
  const [state, send, isPending] = useActionState(action, { attempt: 0, ...(fault && { message: fault }) })
  const form = useRef<HTMLFormElement>(null)
  /** What was sent as passwords, which never come back from the server. */
  const sent = useRef(new Map<HTMLInputElement, string>())

  useEffect(() => {
    if (state.attempt === 0) return
    // React has emptied the form. Most often one letter was wrong, and nobody wants to type all of it again.
    for (const [field, password] of sent.current) if (field.value === '') field.value = password
    sent.current.clear()
    const fields = fieldsOf(form.current)
    const faulty = fields.find((field) => field.ariaInvalid === 'true')
    const target = faulty ?? fields.find(isPassword)
    target?.focus()
    // So that another one takes its place.
    if (target && isPassword(target)) target.select()
  }, [state])

  return (
    <form
      ref={form}
      action={send}
      noValidate
      onSubmit={(event) => {
        if (isPending) event.preventDefault()
        else
          sent.current = new Map(
            fieldsOf(form.current)
              .filter(isPassword)
              .map((field) => [field, field.value]),
          )
      }}
      className="flex flex-col"
    >
      <div role="alert">
        {state.message && (
          <p className="mb-5 rounded-lg bg-danger-soft px-3 py-2.5 text-danger text-sm">{state.message}</p>
        )}
      </div>
      <div className="mb-4 flex flex-col gap-2">{children(state)}</div>
      <Button
        type="submit"
        variant={isPart ? 'secondary' : 'primary'}
        aria-disabled={isPending}
        className={isPart ? 'self-start' : 'min-h-11'}
      >
        {isPending ? submit.pending : submit.label}
      </Button>
    </form>
  )
}

function fieldsOf(form: HTMLFormElement | null): HTMLInputElement[] {
  return [...(form?.querySelectorAll<HTMLInputElement>('input:not([type=hidden])') ?? [])]
}

/** Also one that is shown while it is typed. */
function isPassword({ autocomplete }: HTMLInputElement): boolean {
  return autocomplete.endsWith('password')
}
