'use client'

import { ArrowDown } from 'lucide-react'
import { Fragment, useCallback, useLayoutEffect, useRef } from 'react'
import { SummaryLine } from '#components/summaries/summary-line.tsx'
import { beforeUnsent } from './before-unsent.ts'
import { useChatClient } from './chat-context.tsx'
import { ClearLine } from './clear-line.tsx'
import { isRunning, isStreaming } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import { markMessage } from './mark-message.ts'
import { MessageMenu, MessageMenuProvider } from './message-menu.tsx'
import { MessageView, Waiting } from './message-view.tsx'
import { UnsentMessage } from './unsent-message.tsx'
import { useCell } from './use-cell.ts'
import { useKeptPlace } from './use-kept-place.ts'
import { useScrollFollow } from './use-scroll-follow.ts'
import { type VoiceChange, voiceChanges } from './voice-changes.ts'

/** The messages of a conversation. It is drawn again when messages come or go, not when one of them grows. */
export function TranscriptView({ store }: { store: ConversationStore }) {
  const client = useChatClient()
  const { personas } = client
  const { transcript, branches } = store
  const ids = useCell(transcript.ids)
  const { phase, persona, intensity } = useCell(store.state)
  const box = useRef<HTMLElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const { isFollowing, follow, moveBy } = useScrollFollow(box, content)
  const { keep } = useKeptPlace(content, ids, moveBy)
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

  useLayoutEffect(() => {
    if (phase === 'sending') follow()
  }, [phase, follow])

  useLayoutEffect(() => {
    const message = revealed !== null && document.getElementById(revealed)
    if (!message) return
    branches.revealed.set(null)
    moveBy(() => message.scrollIntoView({ block: 'start' }))
    markMessage(message)
  }, [revealed, branches, moveBy])

  const switchTo = useCallback(
    (messageId: string, from: HTMLElement) =>
      void keep(from, async () => {
        const version = await branches.openVersion(messageId)
        if (version !== null) client.announce(version)
      }),
    [branches, client, keep],
  )

  return (
    <div className="fade-edges relative min-h-0 flex-1">
      <section
        ref={box}
        aria-label="Messages"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        data-running={phase === 'idle' ? undefined : ''}
        className="group/transcript transcript flex h-full flex-col-reverse overflow-y-auto overscroll-contain px-4 outline-offset-[-2px] md:px-6"
      >
        <div
          ref={content}
          className="mx-auto flex w-full max-w-(--column) shrink-0 flex-col pt-4 pb-6 md:pt-8"
        >
          <MessageMenuProvider>
            {messages.map(({ id, parentId }, index) => (
              // By its place, which all versions of a message share: so the focus stays when another one is shown.
              <Fragment key={parentId}>
                <VoiceLine change={changes.before.get(id)} />
                <MessageView
                  store={store}
                  id={id}
                  isLast={index === messages.length - 1}
                  onSwitch={switchTo}
                />
                <SummaryLine store={store} id={id} />
                <ClearLine store={store} id={id} />
              </Fragment>
            ))}
            <MessageMenu store={store} />
          </MessageMenuProvider>
          <VoiceLine change={changes.next ?? undefined} />
          <UnsentMessage store={store} />
          {isWaiting && <Waiting />}
        </div>
      </section>
      {!isFollowing && (
        <button
          type="button"
          aria-label="Jump to latest"
          className="absolute bottom-3 left-1/2 flex size-9 -translate-x-1/2 items-center justify-center rounded-full border border-line bg-raised text-muted shadow-raised transition-colors duration-150 hover:text-foreground"
          onClick={() => {
            follow()
            box.current?.focus({ preventScroll: true })
          }}
        >
          <ArrowDown aria-hidden size={18} />
        </button>
      )}
    </div>
  )
}

/** A quiet line where another persona or intensity takes over. */
function VoiceLine({ change }: { change: VoiceChange | undefined }) {
  const client = useChatClient()
  if (!change) return null
  const { persona, intensity, isOtherPersona } = change
  const own = client.personas.find(({ id }) => id === persona)?.intensity
  const manner = isOtherPersona && intensity === own ? '' : `, with ${intensity} intensity`
  return (
    <p className="my-4 flex items-center gap-4 text-muted text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      {client.personaLabel(persona)} answers from here{manner}
    </p>
  )
}
