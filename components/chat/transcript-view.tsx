'use client'

import { ArrowDown } from 'lucide-react'
import { Fragment, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { SummaryLine } from '#components/summaries/summary-line.tsx'
import { beforeUnsent } from './before-unsent.ts'
import { bringIntoView } from './bring-into-view.ts'
import { useChatClient } from './chat-context.tsx'
import { ClearLine } from './clear-line.tsx'
import { isRunning, isStreaming } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import { EarlierLine } from './earlier-line.tsx'
import { markMessage } from './mark-message.ts'
import { MessageMenu } from './message-menu.tsx'
import { MessageMenuProvider } from './message-menu-provider.tsx'
import { MessageView, Waiting } from './message-view.tsx'
import { heldStart, startAround, windowOf } from './message-window.ts'
import { UnsentMessage } from './unsent-message.tsx'
import { useCell } from './use-cell.ts'
import { useKeptPlace } from './use-kept-place.ts'
import { useMessageWindow, useWindowMoves } from './use-message-window.ts'
import { useScrollFollow } from './use-scroll-follow.ts'
import { voiceChanges } from './voice-changes.ts'
import { VoiceLine } from './voice-line.tsx'

/** The messages of a conversation. It is drawn again when messages come or go, not when one of them grows. */
export function TranscriptView({ store }: { store: ConversationStore }) {
  const client = useChatClient()
  const { personas } = client
  const { transcript, branches, earlier } = store
  const ids = useCell(transcript.ids)
  const { phase, persona, intensity } = useCell(store.state)
  const box = useRef<HTMLElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const revealed = useCell(branches.revealed)

  const own = personas.find(({ id }) => id === persona)?.intensity ?? 'medium'
  const unsent = useCell(store.outbox.unsent)
  const messages = beforeUnsent(
    ids.flatMap((id) => transcript.find(id) ?? []),
    unsent,
  )
  const changes = voiceChanges(messages, { persona, intensity: intensity ?? own })
  const last = messages.at(-1)
  // An answer that is continued stands there already.
  const isWaiting = !isStreaming(last) && (phase === 'sending' || (isRunning(phase) && last?.role === 'user'))

  const drawn = useMessageWindow(messages.map(({ id }) => id))
  const { hasEnd, setStart } = drawn
  const { isAway, follow, moveBy } = useScrollFollow(box, content, { hasEnd, part: drawn.start })
  const readEarlier = useWindowMoves(box, drawn, earlier, moveBy)
  // Of older messages that come before the others nothing need be kept in place here.
  const { keep } = useKeptPlace(content, ids.at(-1), moveBy)

  const goToEnd = useCallback(() => {
    setStart(() => 'end')
    follow()
  }, [setStart, follow])

  useLayoutEffect(() => {
    if (phase === 'sending') goToEnd()
  }, [phase, goToEnd])

  useLayoutEffect(() => {
    if (revealed === null) return
    const message = document.getElementById(revealed)
    if (!message) {
      const around = startAround(drawn.ids, drawn, revealed)
      if (around !== null) setStart(() => around)
      return
    }
    branches.revealed.set(null)
    const word = client.found.markIn(message)
    moveBy((moved) => {
      message.scrollIntoView({ block: 'start' })
      if (word) bringIntoView(moved, word)
    })
    markMessage(message)
  }, [revealed, drawn, setStart, branches, moveBy, client])

  useEffect(() => () => client.found.clear(), [client])

  const switchTo = useCallback(
    (messageId: string, from: HTMLElement) =>
      void keep(from, async () => {
        const shown = transcript.ids.get()
        setStart((start) => heldStart(shown, windowOf(shown, start)))
        const version = await branches.openVersion(messageId)
        if (version !== null) client.announce(version)
      }),
    [transcript, branches, client, keep, setStart],
  )

  return (
    <div className="fade-edges relative min-h-0 flex-1">
      <section
        ref={box}
        aria-label="Messages"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        data-running={phase === 'idle' ? undefined : ''}
        data-has-end={hasEnd ? '' : undefined}
        className="group/transcript transcript flex h-full touch-pan-y touch-pinch-zoom flex-col-reverse overflow-y-auto overscroll-contain px-4 outline-offset-[-2px] md:px-6"
      >
        <div
          ref={content}
          className="mx-auto mb-auto flex w-full max-w-(--column) shrink-0 flex-col pt-4 pb-6 md:pt-8"
        >
          {drawn.first === 0 && earlier.areThere && <EarlierLine earlier={earlier} onRead={readEarlier} />}
          <MessageMenuProvider store={store}>
            {messages.slice(drawn.first, drawn.end).map(({ id, parentId }) => (
              // By its place, which all versions of a message share: so the focus stays when another one is shown.
              <Fragment key={parentId}>
                <VoiceLine change={changes.before.get(id)} />
                <MessageView store={store} id={id} isLast={id === last?.id} onSwitch={switchTo} />
                <SummaryLine store={store} id={id} />
                <ClearLine store={store} id={id} />
              </Fragment>
            ))}
            <MessageMenu store={store} />
          </MessageMenuProvider>
          {hasEnd && (
            <>
              <VoiceLine change={changes.next ?? undefined} />
              <UnsentMessage store={store} />
              {isWaiting && <Waiting />}
            </>
          )}
        </div>
      </section>
      {isAway && (
        <button
          type="button"
          aria-label="Jump to latest"
          className="absolute bottom-3 left-1/2 flex size-9 -translate-x-1/2 items-center justify-center rounded-full border border-line bg-raised text-muted shadow-raised transition-colors duration-150 hover:text-foreground"
          onClick={() => {
            goToEnd()
            box.current?.focus({ preventScroll: true })
          }}
        >
          <ArrowDown aria-hidden size={18} />
        </button>
      )}
    </div>
  )
}
