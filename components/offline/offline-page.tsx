'use client'

import { ArrowLeft } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
// By name, so that the worker finds it in the page and keeps it with it; what colours code is kept with the first that is read.
import '#components/markdown/katex.tsx'
import { SharedMessageView } from '#components/share/shared-message-view.tsx'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { Button } from '#components/ui/button.tsx'
import { formatDay } from '#lib/chat/format-day.ts'
import { type KeptConversation, readKept } from './offline-storage.ts'
import { whenReachable } from './when-reachable.ts'

const OWN_PATH = '/offline'

/** In the place of any page while the server cannot be reached: what was read last on this device. */
export function OfflinePage() {
  const [kept, setKept] = useState<KeptConversation[] | null>(null)
  const [openId, setOpenId] = useState<string | null>(null)
  const [wantedId, setWantedId] = useState<string | null>(null)
  /** Once one has moved about here, the focus goes along. */
  const [leftId, setLeftId] = useState<string | null>(null)
  const [isReachable, setReachable] = useState(false)
  const shown = kept?.find(({ id }) => id === openId)
  const isMissing = wantedId !== null && kept !== null && !kept.some(({ id }) => id === wantedId)

  useEffect(() => {
    // The page that was wanted, if it was one of these.
    const wanted = /^\/chat\/([^/]+)$/.exec(window.location.pathname)?.[1] ?? null
    setWantedId(wanted)
    setOpenId(wanted)
    void readKept().then(setKept)
    // By its own address no other page was wanted.
    if (window.location.pathname === OWN_PATH) return
    return whenReachable(() => setReachable(true))
  }, [])

  useEffect(() => {
    // Who has moved about here, or scrolled, reads, and goes when they want.
    if (isReachable && leftId === null && window.scrollY === 0) window.location.reload()
  }, [isReachable, leftId])

  function open(id: string) {
    setOpenId(id)
    setLeftId(id)
  }

  function back() {
    setLeftId(openId)
    setOpenId(null)
  }

  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-(--column) flex-col px-5 pt-[max(2.5rem,6dvh)] pb-10 [--column:37.5rem] sm:px-6">
      <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-line border-b pb-6">
        <p role="status" className="flex items-center gap-2 text-muted text-sm">
          <BrandMark size={16} />
          {isReachable ? 'Stoa can be reached again.' : 'Stoa cannot be reached.'}
        </p>
        <Button size="small" onClick={() => window.location.reload()}>
          {isReachable ? 'Go to Stoa' : 'Try again'}
        </Button>
      </header>
      {isMissing && !shown && (
        <p className="mt-8 text-pretty">The conversation that you wanted is not kept on this device.</p>
      )}
      {shown ? (
        <Reading conversation={shown} isFocused={leftId !== null} onBack={back} />
      ) : (
        <KeptList kept={kept} leftId={leftId} onOpen={open} />
      )}
    </main>
  )
}

interface KeptListProps {
  kept: KeptConversation[] | null
  /** The one that was read last; NULL: none was. */
  leftId: string | null
  onOpen(id: string): void
}

function KeptList({ kept, leftId, onOpen }: KeptListProps) {
  const left = useRef<HTMLButtonElement>(null)
  // Back where one was.
  useEffect(() => left.current?.focus(), [])
  if (!kept) return null
  if (kept.length === 0) {
    return <p className="py-8 text-muted">Nothing is kept on this device. What you read next will be.</p>
  }
  return (
    <section className="py-8">
      <h1 className="mb-4 font-semibold text-2xl tracking-tight">What you read last</h1>
      <ul className="border-line border-t">
        {kept.map(({ id, title, readAt }) => (
          <li key={id} className="border-line border-b">
            <button
              ref={id === leftId ? left : undefined}
              type="button"
              className="flex w-full items-baseline justify-between gap-4 py-3 text-left transition-colors duration-150 hover:text-accent"
              onClick={() => onOpen(id)}
            >
              <span dir="auto" className="min-w-0 truncate">
                {title}
              </span>
              <span className="shrink-0 text-muted text-sm">{formatDay(new Date(readAt).toISOString())}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface ReadingProps {
  conversation: KeptConversation
  /** Whether the focus comes to it, from the list. */
  isFocused: boolean
  onBack(): void
}

function Reading({ conversation, isFocused, onBack }: ReadingProps) {
  const { title, readAt, messages } = conversation
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (isFocused) heading.current?.focus()
  }, [isFocused])
  return (
    <article className="py-6">
      <Button variant="quiet" size="small" className="-ml-3 text-muted" onClick={onBack}>
        <ArrowLeft aria-hidden size={16} />
        What you read last
      </Button>
      <h1
        ref={heading}
        tabIndex={-1}
        dir="auto"
        className="outline-hidden mt-4 text-balance font-semibold text-2xl tracking-tight wrap-anywhere"
      >
        {title}
      </h1>
      <p className="mt-2 mb-8 text-muted text-sm">
        As you read it on {formatDay(new Date(readAt).toISOString())}, to be read only.
      </p>
      {messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what is kept does not change.
        <SharedMessageView key={index} message={message} />
      ))}
    </article>
  )
}
