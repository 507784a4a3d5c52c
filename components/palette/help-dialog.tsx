'use client'

import { actions } from '#components/actions/actions.ts'
import type { Shortcut } from '#components/actions/shortcut.ts'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { Button } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/dialog.tsx'
import { commands } from '#lib/chat/commands.ts'
import { Keys } from './keys.tsx'

interface KeyLine {
  label: string
  shortcuts: readonly Shortcut[]
}

/** The keys, and what the composer can do beside sending. */
export function HelpDialog({ onClose }: { onClose(): void }) {
  const { enterSends, singleKeys } = useChatClient().preferences
  const withKeys = actions
    .filter(({ keys }) => keys.length > 0)
    .map(({ label, keys }): KeyLine => ({ label, shortcuts: keys }))
  return (
    <FormDialog isOpen onClose={onClose} title="What can be done here">
      <section
        aria-label="Keys and commands"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="-mx-3 -mt-2 max-h-[min(70dvh,calc(100dvh-12rem))] overflow-y-auto rounded-lg px-3 py-2 text-sm outline-offset-[-2px]"
      >
        <h3 className="mb-2 font-medium">Keys</h3>
        <KeyList lines={[...withKeys, ...writingKeys(enterSends)]} />
        <p className="mt-3 text-pretty text-muted">
          {singleKeys
            ? 'Keys without Ctrl or Alt work where nothing is typed, on the message that has the focus, else on the last. They can be turned off in the settings.'
            : 'Keys without Ctrl or Alt are turned off in the settings.'}
        </p>
        <h3 className="mt-5 mb-2 font-medium">Commands</h3>
        <p className="mb-3 text-pretty text-muted">
          Type these where a message is written. They are done at once, and no model is sent them. Two slashes
          begin a message with one.
        </p>
        <dl className="grid grid-cols-[fit-content(50%)_minmax(0,1fr)] gap-x-4 gap-y-2">
          {commands.map(({ name, argument, description }) => (
            <div key={name} className="col-span-2 grid grid-cols-subgrid">
              <dt className="wrap-anywhere font-medium">
                {argument === null ? `/${name}` : `/${name} ${argument}`}
              </dt>
              <dd className="wrap-anywhere text-muted">{description}</dd>
            </div>
          ))}
        </dl>
      </section>
      <div className="mt-5 flex justify-end">
        <Button onClick={onClose}>Close</Button>
      </div>
    </FormDialog>
  )
}

function writingKeys(enterSends: boolean): KeyLine[] {
  const enter: Shortcut = { key: 'Enter' }
  const send: Shortcut = enterSends ? enter : { key: 'Enter', modifier: 'mod' }
  return [
    { label: 'Send', shortcuts: [send] },
    { label: 'Last message, from an empty field', shortcuts: [{ key: 'ArrowUp' }] },
    { label: 'What can be done with the message that has the focus', shortcuts: [enter] },
    { label: 'Stop the answer, close what is open, back to the field', shortcuts: [{ key: 'Escape' }] },
  ]
}

function KeyList({ lines }: { lines: readonly KeyLine[] }) {
  return (
    <dl className="flex flex-col">
      {lines.map(({ label, shortcuts }) => (
        <div key={label} className="flex min-h-8 items-center justify-between gap-4 py-1">
          <dt className="wrap-anywhere text-pretty text-muted">{label}</dt>
          <dd className="flex max-w-1/2 shrink-0 flex-wrap items-center justify-end gap-2">
            {shortcuts.map((shortcut) => (
              <Keys key={`${shortcut.modifier}${shortcut.key}`} shortcut={shortcut} />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
