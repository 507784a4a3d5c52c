'use client'

import { useState } from 'react'
import type { ConversationStore } from '#components/chat/conversation-store.ts'
import { useCell } from '#components/chat/use-cell.ts'
import { Markdown } from '#components/markdown/markdown.tsx'
import { Button } from '#components/ui/button.tsx'
import type { SummaryPage, SummaryVersion } from '#lib/chat/types.ts'
import { describeOrigin, describeReach } from './describe-version.ts'
import { summaryApi } from './summary-api.ts'
import { SummaryEditor } from './summary-editor.tsx'
import type { SummaryReader } from './summary-reader.ts'
import { SummaryVersions } from './summary-versions.tsx'

interface SummaryContentProps {
  store: ConversationStore
  reader: SummaryReader
  page: SummaryPage
  onClose(): void
  /** A change was made; what there is to say of it. */
  onDone(said: string): void
}

/** The version that is looked at, at first the one that holds; and all others. */
export function SummaryContent({ store, reader, page, onClose, onDone }: SummaryContentProps) {
  const [looked, setLooked] = useState<number | null>(null)
  const [isRemaking, setRemaking] = useState(false)
  const isBusy = useCell(reader.isBusy)
  const edited = useCell(reader.editing)
  const held = page.versions.find(({ isActive }) => isActive)
  const version = page.versions.find(({ version: number }) => number === looked) ?? held ?? page.versions[0]

  async function restore({ version: number }: SummaryVersion) {
    if (!(await reader.change(() => summaryApi.restore(store.id, number)))) return
    setLooked(null)
    onDone(`Version ${number} is used again.`)
  }

  async function remake() {
    setRemaking(true)
    const isDone = await reader.change(() => summaryApi.remake(store.id))
    setRemaking(false)
    if (!isDone) return
    setLooked(null)
    onDone('The summary is written anew.')
  }

  async function save(text: string) {
    if (!(await reader.saveEdited(text))) return
    setLooked(null)
    onDone('Your version of the summary is used from now on.')
  }

  if (edited) {
    return (
      <SummaryEditor
        text={edited.text}
        isBusy={isBusy}
        onCancel={() => reader.editing.set(null)}
        onSave={(text) => void save(text)}
      />
    )
  }
  if (!version) return <Empty onClose={onClose} />

  return (
    <>
      <p className="text-muted text-sm">{describeReach(version)}</p>
      <article className="reading markdown my-4 max-h-[45dvh] overflow-y-auto rounded-lg bg-surface px-4 py-3">
        <Markdown key={version.id} text={version.text} />
      </article>
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="mr-auto text-muted text-sm tabular-nums">
          {isRemaking
            ? 'A model is writing it anew…'
            : `Version ${version.version}, ${describeOrigin(version)}. ${version.tokens.toLocaleString('en')} tokens.`}
        </p>
        {version.isActive && (
          <>
            <Button size="small" isBusy={isBusy} onClick={() => reader.editing.set(version)}>
              Edit
            </Button>
            <Button size="small" isBusy={isBusy} onClick={() => void remake()}>
              Write anew
            </Button>
          </>
        )}
        {version.canHold && !version.isActive && (
          <Button size="small" isBusy={isBusy} onClick={() => void restore(version)}>
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
          Show the last message
        </Button>
      </div>
      <SummaryVersions
        page={page}
        shown={version.version}
        onLook={setLooked}
        onMore={() => void reader.more()}
      />
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
