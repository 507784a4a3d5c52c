'use client'

import { type FormEvent, useState } from 'react'
import { RequestError } from '#components/chat/chat-api.ts'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { InstructionField } from '#components/settings/instruction-field.tsx'
import { Button } from '#components/ui/button.tsx'
import { WideDialog } from '#components/ui/dialog.tsx'
import { SelectField } from '#components/ui/select-field.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { MAX_FOLDER_NAME_LENGTH, MAX_INSTRUCTION_LENGTH } from '#lib/chat/limits.ts'
import type { Folder } from '#lib/chat/types.ts'

/** No persona has this id: the person's usual one. */
const AS_USUAL = ''

interface FolderDialogProps {
  /** NULL: a new one. */
  folder: Folder | null
  onClose(): void
}

/** The name of a folder, and what holds in it. */
export function FolderDialog({ folder, onClose }: FolderDialogProps) {
  const { folders, personas } = useChatClient()
  const [persona, setPersona] = useState(folder?.persona ?? AS_USUAL)
  const [instructions, setInstructions] = useState(folder?.instructions ?? '')
  const [fault, setFault] = useState<{ message: string; field: string | undefined } | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isTooLong = instructions.trim().length > MAX_INSTRUCTION_LENGTH

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    if (name === '') {
      setFault({ message: 'A folder needs a name.', field: 'name' })
      return
    }
    setBusy(true)
    const fields = { name, persona: persona === AS_USUAL ? null : persona, instructions: instructions.trim() }
    try {
      await (folder ? folders.change(folder.id, fields) : folders.make(fields))
      onClose()
    } catch (failure) {
      if (!(failure instanceof RequestError)) throw failure
      setFault({ message: failure.message, field: failure.field })
      setBusy(false)
    }
  }

  return (
    <WideDialog isOpen isWrittenIn onClose={onClose} title={folder ? 'Edit folder' : 'New folder'}>
      <form onSubmit={save} noValidate className="mt-4 flex flex-col gap-5">
        <TextField
          label="Name"
          name="name"
          defaultValue={folder?.name}
          maxLength={MAX_FOLDER_NAME_LENGTH}
          autoComplete="off"
          error={fault?.field === 'name' ? fault.message : undefined}
        />
        <div className="-mt-5 flex items-center justify-between gap-3">
          <div className="flex-1">
            <p className="font-medium text-sm">Persona</p>
            <p className="text-muted text-sm">Who answers in new conversations that you begin here.</p>
          </div>
          <div className="min-w-0 max-w-1/2">
            <SelectField
              label="Persona of new conversations"
              value={persona}
              options={[
                {
                  value: AS_USUAL,
                  label: 'As usual',
                  description: 'The one that your conversations begin with.',
                },
                ...personas.map(({ id, label, description }) => ({ value: id, label, description })),
              ]}
              onChange={setPersona}
            />
          </div>
        </div>
        <InstructionField
          label="Instructions"
          hint="Every answer in this folder is told this, after what you have written in your settings."
          value={instructions}
          onChange={setInstructions}
        />
        {fault && fault.field !== 'name' && (
          <p role="alert" className="text-danger text-sm">
            {fault.message}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy} disabled={isTooLong}>
            {folder ? 'Save' : 'Make folder'}
          </Button>
        </div>
      </form>
    </WideDialog>
  )
}
