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
  item: ConversationListItem
  onClose(): void
}

export function RenameDialog({ item, onClose }: RenameDialogProps) {
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
      onClose()
    } catch (failure) {
      if (!(failure instanceof RequestError)) throw failure
      setError(failure.message)
      setBusy(false)
    }
  }

  return (
    <FormDialog isOpen onClose={onClose} title="Rename conversation">
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
        <div className="mt-3 flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            Rename
          </Button>
        </div>
      </form>
    </FormDialog>
  )
}
