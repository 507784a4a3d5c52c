'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { call, RequestError } from '#components/chat/chat-api.ts'
import { SaveNote } from '#components/settings/save-note.tsx'
import type { Saving } from '#components/settings/use-saving.ts'
import { Button } from '#components/ui/button.tsx'
import { formatMoney, MICROCENTS_PER_DOLLAR } from '#lib/chat/money.ts'
import type { PersonBudget } from '#lib/chat/month-spending.ts'
import { parseDollars } from './parse-dollars.ts'

/** A person with what they have spent, and the field of what they may. */
export function BudgetRow({ person: { id, name, email, spent, ownBudget } }: { person: PersonBudget }) {
  const router = useRouter()
  const fieldId = useId()
  const [saving, setSaving] = useState<Saving>({ state: 'rest', fault: null })
  const [error, setError] = useState('')

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (saving.state === 'saving') return
    const field = event.currentTarget.elements.namedItem('budget') as HTMLInputElement
    const monthlyBudgetUsd = parseDollars(field.value)
    setError(monthlyBudgetUsd === undefined ? 'Dollars from 0 to 1,000,000, or nothing.' : '')
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
    <li className="flex flex-wrap items-start gap-x-8 gap-y-3 border-line border-b py-4">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium wrap-anywhere">{name}</p>
        <p className="text-muted text-sm wrap-anywhere">{email}</p>
        <p className="mt-1 text-sm tabular-nums">{formatMoney(spent)} spent this month</p>
      </div>
      <form onSubmit={(event) => void submit(event)} noValidate className="w-full md:w-72">
        <label htmlFor={fieldId} className="font-medium text-sm">
          Budget a month, in dollars<span className="sr-only"> of {name}</span>
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
            Save<span className="sr-only"> budget of {name}</span>
          </Button>
        </div>
        <p id={`${fieldId}-error`} aria-live="polite" className="text-danger text-sm empty:hidden">
          {error}
        </p>
        <SaveNote saving={saving} failure="It stays as it was." />
      </form>
    </li>
  )
}
