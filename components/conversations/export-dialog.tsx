'use client'

import { useState } from 'react'
import { RequestError } from '#components/chat/chat-api.ts'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { Button } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/dialog.tsx'
import { saveFile } from '#components/ui/save-file.ts'
import type { ExportFormat } from '#lib/chat/export-conversation.ts'
import type { ConversationListItem } from '#lib/chat/types.ts'
import { libraryApi } from './library-api.ts'

const formats = [
  { value: 'markdown', label: 'Markdown', description: 'To read: a file for each, in a zip archive.' },
  {
    value: 'json',
    label: 'JSON',
    description: 'Everything: all branches, summaries and usage. Stoa can import it.',
  },
] satisfies { value: ExportFormat; label: string; description: string }[]

interface ExportDialogProps {
  items: ConversationListItem[]
  onClose(): void
}

/** Saves several conversations as one file. */
export function ExportDialog({ items, onClose }: ExportDialogProps) {
  const { selection } = useChatClient()
  const [error, setError] = useState<string | null>(null)
  const [making, setMaking] = useState<ExportFormat | null>(null)

  async function save(format: ExportFormat) {
    setMaking(format)
    setError(null)
    try {
      const { blob, fileName } = await libraryApi.exportMany(
        items.map(({ id }) => id),
        format,
      )
      saveFile(blob, fileName)
      selection.end()
      onClose()
    } catch (failure) {
      if (!(failure instanceof RequestError)) throw failure
      setError(failure.message)
      setMaking(null)
    }
  }

  const what = items.length === 1 ? '1 conversation' : `${items.length.toLocaleString('en')} conversations`
  return (
    <FormDialog isOpen onClose={onClose} title={`Export ${what}`}>
      <ul className="flex flex-col gap-2">
        {formats.map(({ value, label, description }) => (
          <li key={value}>
            <button
              type="button"
              aria-disabled={making !== null}
              onClick={() => making === null && void save(value)}
              className="w-full rounded-lg border border-line px-3 py-2.5 text-left transition-colors duration-150 hover:bg-hover aria-disabled:opacity-50"
            >
              <span className="block font-medium text-sm">
                {making === value ? 'Making the file…' : label}
              </span>
              <span className="block text-muted text-sm">{description}</span>
            </button>
          </li>
        ))}
      </ul>
      {error && (
        <p role="alert" className="mt-3 text-danger text-sm">
          {error}
        </p>
      )}
      <div className="mt-4 flex justify-end">
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </FormDialog>
  )
}
