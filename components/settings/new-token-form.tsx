'use client'

import { type FormEvent, useState } from 'react'
import { asRequestError } from '#components/chat/chat-api.ts'
import { Button } from '#components/ui/button.tsx'
import { SelectField } from '#components/ui/select-field.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { type ApiTokenItem, tokenLifetimes } from '#lib/chat/api-token.ts'
import { makeToken } from './api-tokens-api.ts'
import { ChoiceField } from './choice-field.tsx'

const lifetimes = tokenLifetimes.map((days) => ({
  value: String(days),
  label: days === null ? 'Until it is revoked' : days === 365 ? 'For a year' : `For ${days} days`,
}))

interface NewTokenFormProps {
  onMade(made: ApiTokenItem & { token: string }): void
  onCancel(): void
}

/** What a token is to be called, may do, and for how long. */
export function NewTokenForm({ onMade, onCancel }: NewTokenFormProps) {
  const [scope, setScope] = useState<ApiTokenItem['scope']>('write')
  const [lifetime, setLifetime] = useState('90')
  const [fault, setFault] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const field = event.currentTarget.querySelector('input')
    const name = field?.value.trim() ?? ''
    setFault(name === '' ? 'Say what the token is for, so that you know it again.' : undefined)
    if (name === '') return field?.focus()
    setBusy(true)
    try {
      onMade(await makeToken({ name, scope, days: lifetime === 'null' ? null : Number(lifetime) }))
    } catch (error) {
      setFault(asRequestError(error).message)
      setBusy(false)
    }
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5 rounded-lg border border-line p-4">
      <TextField
        label="Name"
        name="token-name"
        autoComplete="off"
        maxLength={100}
        autoFocus
        hint="What it is for: “Backup script”, “Laptop”."
        {...(fault !== undefined && { error: fault })}
      />
      <ChoiceField<ApiTokenItem['scope']>
        label="What it may do"
        value={scope}
        onChange={setScope}
        options={[
          { value: 'write', label: 'Read and write' },
          { value: 'read', label: 'Only read' },
        ]}
      />
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-medium text-sm">It holds</span>
        <SelectField label="How long it holds" value={lifetime} options={lifetimes} onChange={setLifetime} />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" isBusy={isBusy}>
          Make the token
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  )
}
