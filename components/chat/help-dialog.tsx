'use client'

import { Button } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/dialog.tsx'
import { commands } from '#lib/chat/commands.ts'
import { useChatClient } from './chat-context.tsx'

/** What the composer can do beside sending. */
export function HelpDialog({ onClose }: { onClose(): void }) {
  const { enterSends } = useChatClient().preferences
  const keys = [
    [enterSends ? 'Enter' : 'Ctrl+Enter, ⌘+Enter', 'Send'],
    [enterSends ? 'Shift+Enter' : 'Enter', 'Begin a new line'],
    ['Escape', 'Stop the answer'],
    ['//', 'Begin a message with a slash'],
  ]
  return (
    <FormDialog isOpen onClose={onClose} title="What can be done here">
      <section
        aria-label="Commands and keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="-mx-3 -mt-2 max-h-[min(70dvh,calc(100dvh-12rem))] overflow-y-auto rounded-lg px-3 py-2 text-sm outline-offset-[-2px]"
      >
        <p className="mb-3 text-muted">
          Type these where a message is written. They are done at once, and no model is sent them.
        </p>
        <Lines
          lines={commands.map(({ name, argument, description }) => [
            argument === null ? `/${name}` : `/${name} ${argument}`,
            description,
          ])}
        />
        <h3 className="mt-5 mb-2 font-medium">Keys</h3>
        <Lines lines={keys} />
      </section>
      <div className="mt-5 flex justify-end">
        <Button onClick={onClose}>Close</Button>
      </div>
    </FormDialog>
  )
}

function Lines({ lines }: { lines: string[][] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
      {lines.map(([term, description]) => (
        <div key={term} className="col-span-2 grid grid-cols-subgrid">
          <dt className="font-medium">{term}</dt>
          <dd className="text-muted">{description}</dd>
        </div>
      ))}
    </dl>
  )
}
