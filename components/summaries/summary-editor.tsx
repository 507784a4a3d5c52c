'use client'

import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'

interface SummaryEditorProps {
  text: string
  isBusy: boolean
  onCancel(): void
  onSave(text: string): void
}

/** The summary in the person's own words. What is typed stays until it is saved or given up. */
export function SummaryEditor({ text, isBusy, onCancel, onSave }: SummaryEditorProps) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [isKept, setKept] = useState(false)

  function save(event: FormEvent) {
    event.preventDefault()
    onSave(field.current?.value ?? '')
  }

  function leaveByEscape(event: KeyboardEvent) {
    if (event.key !== 'Escape') return
    // Closes the editor and not what it stands in.
    event.stopPropagation()
    if (field.current?.value === text) onCancel()
    else setKept(true)
  }

  return (
    <form onSubmit={save} onKeyDown={leaveByEscape}>
      <label htmlFor={id} className="text-muted text-sm">
        What the assistant reads in the place of the earlier messages. The version before stays and can be
        used again.
      </label>
      <textarea
        ref={field}
        id={id}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here.
        autoFocus
        defaultValue={text}
        rows={14}
        dir="auto"
        className="my-4 max-h-[55dvh] w-full resize-y rounded-lg border border-edge bg-raised px-3 py-2 leading-6"
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p role="status" className="mr-auto text-muted text-sm">
          {isKept && 'Not saved yet. Cancel gives it up.'}
        </p>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" isBusy={isBusy}>
          Save as a new version
        </Button>
      </div>
    </form>
  )
}
