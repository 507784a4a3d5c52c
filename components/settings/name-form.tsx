'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { parseName } from '#lib/chat/parse-name.ts'
import { SaveNote } from './save-note.tsx'
import { useSaving } from './use-saving.ts'

/** What the person is called. */
export function NameForm({ name: initial, email }: { name: string; email: string }) {
  const { saving, save, rest } = useSaving()
  const [error, setError] = useState<string>()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const name = parseName(String(new FormData(event.currentTarget).get('name')))
    setError(name === null ? 'Say what to call you, in at most 80 characters.' : undefined)
    if (name === null) event.currentTarget.querySelector('input')?.focus()
    else if (saving.state !== 'saving') void save({ name })
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-2">
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        required
        defaultValue={initial}
        hint={`You sign in as ${email}.`}
        {...(error !== undefined && { error })}
        onInput={rest}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" aria-disabled={saving.state === 'saving'}>
          Save name
        </Button>
        <SaveNote saving={saving} failure="The name is not saved." />
      </div>
    </form>
  )
}
