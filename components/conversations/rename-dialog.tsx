'use client'

import { type FormEvent, useState } from 'react'
import { RequestError } from '#components/chat/chat-api.ts'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { Button } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { MAX_TITLE_LENGTH } from '#lib/chat/limits.ts'
import type { ConversationListItem } from '#lib/chat/types.ts'

interface RenameDialogProps {
  /** NULL: closed. */
  item: ConversationListItem | null
  onClose(): void
}

export function RenameDialog({ item, onClose }: RenameDialogProps) {
  return (
    <FormDialog isOpen={item !== null} onClose={onClose} title="Rename conversation">
      {item && <RenameForm item={item} onDone={onClose} />}
    </FormDialog>
  )
}

function RenameForm({ item, onDone }: { item: ConversationListItem; onDone: () => void }) {
  const client = useChatClient()
  const [error, setError] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  async function rename(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const title = String(new FormData(event.currentTarget).get('title')).trim()
    if (title === '') {
      setError('A conversation needs a title.')
      return
    }
    setBusy(true)
    try {
      await client.rename(item.id, title)
      onDone()
    } catch (failure) {
      if (!(failure instanceof RequestError)) throw failure
      setError(failure.message)
      setBusy(false)
    }
  }

  return (
    <form onSubmit={rename} noValidate>
      <TextField
        label="Title"
        name="title"
        defaultValue={item.title}
        maxLength={MAX_TITLE_LENGTH}
        autoComplete="off"
        error={error}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="mt-3 flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isBusy}>
          Rename
        </Button>
      </div>
    </form>
  )
}
