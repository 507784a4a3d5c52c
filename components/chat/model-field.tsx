'use client'

import { modelId } from '#lib/chat/model-id.ts'
import { modelName, offeredModel } from '#lib/chat/offered-model.ts'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { ModelSelect } from './model-select.tsx'
import { useCell } from './use-cell.ts'

/** Which model answers, where there are several to choose from. */
export function ModelField({ store }: { store: ConversationStore }) {
  const client = useChatClient()
  const { model } = useCell(store.state)
  const { id, gone } = offeredModel(model, client)
  const isAlone = client.models.length < 2 && id === modelId(client.models[0])
  if (isAlone && gone === null) return null
  return (
    // Names of models are long: where there is no room, this gives way.
    <div className="flex min-w-20 max-w-56 shrink-999">
      <ModelSelect offer={client} value={model} onChange={(chosen) => void store.choose({ model: chosen })} />
    </div>
  )
}

/** Says that the model of a conversation is not there any more, and who answers in its place. */
export function ModelGoneNote({ store }: { store: ConversationStore }) {
  const client = useChatClient()
  const { id, gone } = offeredModel(useCell(store.state).model, client)
  if (gone === null) return null
  return (
    <p role="status" className="px-4 pb-2 text-muted text-sm">
      {gone} is not offered here any more. {modelName(id)} answers in its place.
    </p>
  )
}
