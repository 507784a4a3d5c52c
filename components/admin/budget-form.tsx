'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { call, RequestError } from '#components/chat/chat-api.ts'
import { SaveNote } from '#components/settings/save-note.tsx'
import type { Saving } from '#components/settings/use-saving.ts'
import { Button } from '#components/ui/button.tsx'
import { MICROCENTS_PER_DOLLAR } from '#lib/chat/money.ts'
import type { PersonEntry } from '#lib/chat/person.ts'
import { parseDollars } from './parse-dollars.ts'

/** What a person may spend in a month. */
export function BudgetForm({ person: { id, ownBudget } }: { person: PersonEntry }) {
  const router = useRouter()
  const fieldId = useId()
  const [saving, setSaving] = useState<Saving>({ state: 'rest', fault: null })
  const [error, setError] = useState('')

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (saving.state === 'saving') return
    const field = event.currentTarget.elements.namedItem('budget') as HTMLInputElement
    const monthlyBudgetUsd = parseDollars(field.value)
    setError(monthlyBudgetUsd === undefined ? 'Write dollars as 2.50, from 0 to 1,000,000, or nothing.' : '')
    if (monthlyBudgetUsd === undefined) return field.focus()
    setSaving({ state: 'saving', fault: null })
    try {
      await call('PUT', `/api/users/${id}/budget`, { body: { monthlyBudgetUsd } })
      setSaving({ state: 'saved', fault: null })
      router.refresh()
    } catch (fault) {
      if (!(fault instanceof RequestError)) throw fault
      setSaving({ state: 'rest', fault })
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="w-full max-w-72">
      <label htmlFor={fieldId} className="font-medium text-sm">
        Budget a month, in dollars
      </label>
      <div className="mt-1.5 mb-1.5 flex gap-2">
        <input
          id={fieldId}
          name="budget"
          inputMode="decimal"
          autoComplete="off"
          placeholder="Usual"
          defaultValue={ownBudget === null ? '' : ownBudget / MICROCENTS_PER_DOLLAR}
          aria-invalid={error !== '' || undefined}
          aria-describedby={`${fieldId}-error`}
          onInput={() => setSaving({ state: 'rest', fault: null })}
          className="h-10 w-full min-w-0 rounded-lg border border-edge bg-raised px-3 aria-invalid:border-danger"
        />
        <Button type="submit" aria-disabled={saving.state === 'saving'}>
          Save<span className="sr-only"> budget</span>
        </Button>
      </div>
      <p id={`${fieldId}-error`} aria-live="polite" className="text-danger text-sm empty:hidden">
        {error}
      </p>
      <SaveNote saving={saving} failure="It stays as it was." />
    </form>
  )
}
