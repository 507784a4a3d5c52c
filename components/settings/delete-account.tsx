'use client'

import { type FormEvent, useRef, useState } from 'react'
import { PasswordField } from '#components/account/password-field.tsx'
import { RequestError } from '#components/chat/chat-api.ts'
import { forgetPerson } from '#components/chat/person-storage.ts'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { deleteAccount } from './account-api.ts'

interface DeleteAccountProps {
  userId: string
  email: string
  hasPassword: boolean
  /** What going means for the others: nothing, that nobody is left, or that somebody has to follow. */
  departure: 'plain' | 'nobody_left' | 'needs_successor'
}

/** The way out: asks for what proves that it is meant. */
export function DeleteAccount(props: DeleteAccountProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button className="self-start" onClick={() => setOpen(true)}>
        Delete account…
      </Button>
      <FormDialog isOpen={isOpen} onClose={() => setOpen(false)} title="Delete your account?">
        <DeletionForm {...props} onCancel={() => setOpen(false)} />
      </FormDialog>
    </>
  )
}

function DeletionForm({
  userId,
  email,
  hasPassword,
  departure,
  onCancel,
}: DeleteAccountProps & { onCancel(): void }) {
  const form = useRef<HTMLFormElement>(null)
  const [fault, setFault] = useState<RequestError | null>(null)
  const [isBusy, setBusy] = useState(false)
  const errorAt = (field: string) => (fault?.field === field ? { error: fault.message } : {})

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isBusy) return
    const typed = new FormData(event.currentTarget)
    const text = (name: string) => String(typed.get(name) ?? '')
    setBusy(true)
    setFault(null)
    try {
      await deleteAccount({
        ...{ email: text('email'), password: text('password') },
        ...(departure === 'needs_successor' && { successor: text('successor') }),
      })
    } catch (error) {
      setBusy(false)
      if (!(error instanceof RequestError)) throw error
      setFault(error)
      form.current?.querySelector<HTMLInputElement>(`[name=${error.field ?? 'email'}]`)?.focus()
      return
    }
    forgetPerson(userId)
    // A whole new page: nothing of this one is left.
    window.location.replace('/login?notice=deleted')
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-3">
      <p className="text-pretty text-muted text-sm">
        Your conversations, instructions, summaries and usage are deleted at once, for good. Answers that are
        being written are stopped. {departureNote[departure]}
      </p>
      <div role="alert" className="empty:hidden">
        {fault && fault.field === undefined && (
          <p className="rounded-lg bg-danger-soft px-3 py-2.5 text-danger text-sm">{fault.message}</p>
        )}
      </div>
      {departure === 'needs_successor' && (
        <TextField
          label="Email of the next administrator"
          name="successor"
          type="email"
          autoComplete="off"
          {...errorAt('successor')}
        />
      )}
      <TextField
        label="Your email"
        name="email"
        type="email"
        autoComplete="off"
        hint={`Type ${email} to confirm.`}
        {...errorAt('email')}
      />
      {hasPassword && (
        <PasswordField
          label="Your password"
          name="password"
          autoComplete="current-password"
          {...errorAt('password')}
        />
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <button type="submit" aria-disabled={isBusy} className={buttonClass({ variant: 'danger' })}>
          {isBusy ? 'Deleting…' : 'Delete everything'}
        </button>
      </div>
    </form>
  )
}

const departureNote: Record<DeleteAccountProps['departure'], string> = {
  plain: '',
  nobody_left: 'Nobody else has an account here: whoever signs up next becomes the administrator.',
  needs_successor: 'You are the only administrator here, so say who is to be it after you.',
}
