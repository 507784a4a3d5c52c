import { useEffect, useState } from 'react'
import type { ContextGauge } from '#lib/chat/context-gauge.ts'
import { offeredModel } from '#lib/chat/offered-model.ts'
import type { Message } from '#lib/chat/types.ts'
import { createCell } from './cell.ts'
import { RequestError } from './chat-api.ts'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { useCell, useCellValue } from './use-cell.ts'

const NO_MESSAGE = createCell<Message | null>(null)

/**
 * How full the context is without the message being typed; NULL: not known. Read when the conversation is opened and
 * whenever what would be sent has changed while nothing runs, never for typing.
 */
export function useContextGauge(store: ConversationStore): ContextGauge | null {
  const client = useChatClient()
  const { load, phase, persona, intensity, model, folderId, summary } = useCell(store.state)
  const lastId = useCell(store.transcript.ids).at(-1)
  const last = useCellValue(lastId ? store.transcript.cellOf(lastId) : NO_MESSAGE, stateOf)
  const [gauge, setGauge] = useState<ContextGauge | null>(null)
  const isStored = load === 'ready'
  const isWanted = (isStored || load === 'new') && phase === 'idle'
  const choice = new URLSearchParams({
    // What is offered no longer is replaced by the server.
    ...(client.personas.some(({ id }) => id === persona) && { persona }),
    ...(folderId !== null && load === 'new' && { folder: folderId }),
    ...{ intensity: intensity ?? '', model: offeredModel(model, client).gone === null ? (model ?? '') : '' },
  }).toString()

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the last message, or the summary, is another.
  useEffect(() => {
    if (!isWanted) return
    const leaving = new AbortController()
    client.api
      .gauge(isStored ? store.id : null, choice, leaving.signal)
      .then((read) => !leaving.signal.aborted && setGauge(read))
      .catch((error: unknown) => {
        if (leaving.signal.aborted) return
        if (!(error instanceof RequestError)) throw error
        // It says that it is not known; the next answer or choice asks again.
        setGauge(null)
      })
    return () => leaving.abort()
  }, [client, store, isStored, isWanted, choice, last, summary?.id])

  return gauge
}

/** What of a message changes the context; text that is being written does not yet. */
function stateOf(message: Message | null): string {
  if (message === null) return ''
  const run = message.role === 'assistant' ? `${message.generation.id} ${message.generation.status}` : ''
  return `${message.id} ${message.isCleared} ${run}`
}

/** Tokens of the answers that are shown, oldest first, as far as they are known. */
export function answerTokens({ transcript }: ConversationStore): number[] {
  return transcript.ids.get().flatMap((id) => {
    const message = transcript.find(id)
    return message?.role === 'assistant' && message.generation.status === 'complete'
      ? (message.generation.outputTokens ?? [])
      : []
  })
}
