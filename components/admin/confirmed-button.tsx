'use client'

import { type ReactNode, useState } from 'react'
import { FaultLine } from '#components/settings/fault-line.tsx'
import { useRequest } from '#components/settings/use-request.ts'
import { Button, type ButtonStyle } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/dialog.tsx'

interface ConfirmedButtonProps extends ButtonStyle {
  label: string
  /** What tells it from its like for whoever does not see the page. */
  of?: string
  question: string
  /** What the button says that does it. */
  action: string
  /** What it would do. */
  children: ReactNode
  request(): Promise<unknown>
}

/** A button for what is hard to undo: it asks first. */
export function ConfirmedButton({
  label,
  of,
  question,
  action,
  children,
  request,
  ...style
}: ConfirmedButtonProps) {
  const [isOpen, setOpen] = useState(false)
  const { isBusy, fault, run } = useRequest()
  return (
    <>
      <Button {...style} className="self-start" onClick={() => setOpen(true)}>
        {label}…{of && <span className="sr-only"> {of}</span>}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={question}
        action={action}
        isBusy={isBusy}
        onConfirm={async () => {
          if ((await run(request)) !== null) setOpen(false)
        }}
      >
        {children}
        <FaultLine fault={fault} />
      </ConfirmDialog>
    </>
  )
}
