'use client'

import type { ReactNode } from 'react'
import { useIsKept } from '#components/offline/use-is-kept.ts'
import { Button } from '#components/ui/button.tsx'
import { useGoTo } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { PageHeader } from './page-header.tsx'
import { useCell } from './use-cell.ts'

/** There is no such conversation, or it is somebody else's: nobody can tell which. */
export function ConversationMissing() {
  const goTo = useGoTo()
  return (
    <Centered title="This conversation does not exist">
      <p className="text-muted">It may have been deleted, or the address has a mistake in it.</p>
      <Button variant="primary" className="mt-6" onClick={() => goTo('/')}>
        Start a new one
      </Button>
    </Centered>
  )
}

export function ConversationFailed({ store }: { store: ConversationStore }) {
  const { notice } = useCell(store.state)
  const isKept = useIsKept(store.id)
  return (
    <Centered title="The conversation could not be read">
      <p role="alert" className="text-muted">
        {notice?.message}
      </p>
      <div className="mt-6 flex flex-wrap justify-center gap-2">
        <Button variant="primary" onClick={() => void store.refresh()}>
          Retry
        </Button>
        {/* As a page that cannot be had it is answered by the service worker, with what is kept. */}
        {notice?.code === 'unreachable' && isKept && (
          <Button onClick={() => window.location.reload()}>Read the copy on this device</Button>
        )}
      </div>
    </Centered>
  )
}

/** The page could not be made on the server. */
export function PageFailed({ errorId, onRetry }: { errorId: string | undefined; onRetry: () => void }) {
  return (
    <Centered title="The page could not be made">
      <p className="text-muted">
        Something went wrong on the server. Nothing that you sent is lost.
        {errorId && ` The log has the cause under ${errorId}.`}
      </p>
      <Button variant="primary" className="mt-6" onClick={onRetry}>
        Retry
      </Button>
    </Centered>
  )
}

/** Seen only when reading takes longer than a glance. */
export function ConversationLoading() {
  return (
    <Centered>
      <p role="status" className="appear-late text-muted">
        Reading the conversation…
      </p>
    </Centered>
  )
}

function Centered({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <>
      <PageHeader />
      <div className="flex flex-1 flex-col items-center justify-center px-6 pb-24 text-center">
        {title && <h1 className="mb-2 font-semibold text-xl">{title}</h1>}
        {children}
      </div>
    </>
  )
}
