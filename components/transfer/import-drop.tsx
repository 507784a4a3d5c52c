'use client'

import { Upload } from 'lucide-react'
import { type DragEvent, useId, useState } from 'react'
import { buttonClass } from '#components/ui/button.tsx'
import { classNames } from '#components/ui/class-names.ts'

interface ImportDropProps {
  /** What is said above the button. */
  hint: string
  /** What the button says. */
  action: string
  onFile(file: File): void
}

/** Where a file is dropped or chosen. */
export function ImportDrop({ hint, action, onFile }: ImportDropProps) {
  const id = useId()
  const [isOver, setOver] = useState(false)

  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) onFile(file)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is another way for what the field inside does.
    <div
      className={classNames(
        'flex flex-col items-center gap-4 rounded-xl border border-dashed px-6 py-8 text-center transition-colors duration-150',
        isOver ? 'border-accent bg-accent-soft' : 'border-edge',
      )}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p id={`${id}-hint`} className="max-w-sm text-pretty text-muted text-sm">
        {hint}
      </p>
      <label
        className={`${buttonClass()} cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2`}
      >
        <Upload aria-hidden size={16} />
        {action}
        <input
          type="file"
          accept=".zip,.json,application/zip,application/json"
          aria-describedby={`${id}-hint`}
          className="sr-only"
          onChange={({ target }) => {
            const [file] = target.files ?? []
            // The same file again is a change, too.
            target.value = ''
            if (file) onFile(file)
          }}
        />
      </label>
    </div>
  )
}
