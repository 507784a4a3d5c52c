'use client'

import { type FormEvent, useState } from 'react'
import { ChoiceField } from '#components/settings/choice-field.tsx'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { MAX_SHARER_LENGTH, type ShareDays, shareDays } from '#lib/chat/share.ts'

const lifetimes = shareDays.toReversed().map((days) => ({
  value: String(days),
  label: days === null ? 'Until revoked' : days === 1 ? '1 day' : `${days} days`,
}))

interface NewShareFormProps {
  isBusy: boolean
  onMake(wanted: { sharedBy: string; days: ShareDays }): void
  /** Missing: there is nothing to go back to. */
  onCancel?: (() => void) | undefined
}

/** Who a copy says it was shared by, and for how long its link works. */
export function NewShareForm({ isBusy, onMake, onCancel }: NewShareFormProps) {
  const [lifetime, setLifetime] = useState('null')

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const sharedBy = String(new FormData(event.currentTarget).get('shared-by'))
    const days = shareDays.find((each) => String(each) === lifetime) ?? null
    onMake({ sharedBy, days })
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <TextField
        label="Shared by"
        name="shared-by"
        autoComplete="off"
        maxLength={MAX_SHARER_LENGTH}
        placeholder="Nobody is named"
        hint="The only thing that readers learn of you."
      />
      <ChoiceField label="The link works" value={lifetime} options={lifetimes} onChange={setLifetime} />
      <div className="flex justify-end gap-2">
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
        <Button type="submit" variant="primary" isBusy={isBusy}>
          Make a link
        </Button>
      </div>
    </form>
  )
}
