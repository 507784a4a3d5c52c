'use client'

import { useState } from 'react'
import type { ConversationStore } from '#components/chat/conversation-store.ts'
import { Markdown } from '#components/markdown/markdown.tsx'
import { Button } from '#components/ui/button.tsx'
import type { SummaryPage, SummaryVersion } from '#lib/chat/types.ts'
import { describeOrigin, describeReach } from './describe-version.ts'
import { summaryApi } from './summary-api.ts'
import { SummaryEditor } from './summary-editor.tsx'
import { SummaryVersions } from './summary-versions.tsx'

interface SummaryContentProps {
  store: ConversationStore
  page: SummaryPage
  isBusy: boolean
  onClose(): void
  /** Asks for a change and says when it is done; whether it was. */
  onChange(request: () => Promise<SummaryPage>, done: string): Promise<boolean>
  onMore(): Promise<void>
}

/** The version that is looked at, at first the one that holds; and all others. */
export function SummaryContent({ store, page, isBusy, onClose, onChange, onMore }: SummaryContentProps) {
  const [looked, setLooked] = useState<number | null>(null)
  const [isEditing, setEditing] = useState(false)
  const [isRemaking, setRemaking] = useState(false)
  const held = page.versions.find(({ isActive }) => isActive)
  const version = page.versions.find(({ version: number }) => number === looked) ?? held ?? page.versions[0]
  if (!version) return <Empty onClose={onClose} />

  async function restore({ version: number }: SummaryVersion) {
    if (await onChange(() => summaryApi.restore(store.id, number), `Version ${number} is used again.`))
      setLooked(null)
  }

  async function remake() {
    setRemaking(true)
    if (await onChange(() => summaryApi.remake(store.id), 'The summary is written anew.')) setLooked(null)
    setRemaking(false)
  }

  if (isEditing && held) {
    return (
      <SummaryEditor
        text={held.text}
        isBusy={isBusy}
        onCancel={() => setEditing(false)}
        onSave={async (text) => {
          const isDone = await onChange(
            () => summaryApi.edit(store.id, text, held.version),
            'Your version of the summary is used from now on.',
          )
          if (isDone) setEditing(false)
        }}
      />
    )
  }

  return (
    <>
      <p className="text-muted text-sm">
        {describeReach(version)} that the assistant is not sent any more. They stay in the conversation,
        unchanged.
      </p>
      <article className="reading markdown my-4 max-h-[45dvh] overflow-y-auto rounded-lg bg-surface px-4 py-3">
        <Markdown key={version.id} text={version.text} />
      </article>
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="mr-auto text-muted text-sm tabular-nums">
          {isRemaking
            ? 'A model is writing it anew…'
            : `Version ${version.version}, ${describeOrigin(version)}. ${version.tokens.toLocaleString('en')} tokens.`}
        </p>
        {version.isActive ? (
          <>
            <Button size="small" disabled={isBusy} onClick={() => setEditing(true)}>
              Edit
            </Button>
            <Button size="small" disabled={isBusy} onClick={() => void remake()}>
              Write anew
            </Button>
          </>
        ) : (
          <Button size="small" disabled={isBusy} onClick={() => void restore(version)}>
            Use this version
          </Button>
        )}
        <Button
          size="small"
          onClick={() => {
            onClose()
            store.branches.reveal(version.throughMessageId)
          }}
        >
          Show the last of them
        </Button>
      </div>
      <SummaryVersions page={page} shown={version.version} onLook={setLooked} onMore={onMore} />
      <div className="mt-5 flex justify-end">
        <Button onClick={onClose}>Close</Button>
      </div>
    </>
  )
}

function Empty({ onClose }: { onClose(): void }) {
  return (
    <>
      <p className="text-sm">
        There is none: all messages are sent as they are. Once they fill three quarters of what the model is
        allowed, the oldest are summarised.
      </p>
      <div className="mt-5 flex justify-end">
        <Button onClick={onClose}>Close</Button>
      </div>
    </>
  )
}
