'use client'

import { TriangleAlert, X } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { Composer } from './composer.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { useCell } from './use-cell.ts'

/** The composer, under what has to be said about sending. */
export function ComposerPanel({ store }: { store: ConversationStore }) {
  const { notice, isReconnecting } = useCell(store.state)
  return (
    <div className="shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:px-6 md:pb-5">
      <div className="mx-auto w-full max-w-(--column)">
        {isReconnecting && (
          <p role="status" className="px-4 pb-2 text-muted text-sm">
            The connection is lost. The answer goes on; looking for it…
          </p>
        )}
        {notice && (
          <div
            role="alert"
            className="mb-2 flex items-start gap-2.5 rounded-xl bg-danger-soft py-2 pr-2 pl-4 text-sm"
          >
            <TriangleAlert aria-hidden size={16} className="mt-1.5 shrink-0 text-danger" />
            <p className="min-w-0 flex-1 py-1.5">
              {notice.message}
              {notice.code === 'signed_out' && <SignInLink />}
            </p>
            <Button
              variant="quiet"
              size="icon"
              className="size-8"
              aria-label="Dismiss"
              onClick={() => store.dismissNotice()}
            >
              <X aria-hidden size={16} />
            </Button>
          </div>
        )}
        <Composer store={store} />
      </div>
    </div>
  )
}

function SignInLink() {
  return (
    <>
      {' '}
      <a
        className="font-medium text-accent underline"
        href={`/login?callbackUrl=${encodeURIComponent(window.location.pathname)}`}
      >
        Sign in again
      </a>
    </>
  )
}
