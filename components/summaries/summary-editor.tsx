'use client'

import { type FormEvent, useId, useRef } from 'react'
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

  function save(event: FormEvent) {
    event.preventDefault()
    onSave(field.current?.value ?? '')
  }

  return (
    <form
      onSubmit={save}
      onKeyDown={(event) => {
        // Closes the editor and not what it stands in.
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
    >
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
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isBusy}>
          Save as a new version
        </Button>
      </div>
    </form>
  )
}
