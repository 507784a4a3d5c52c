'use client'

import dynamic from 'next/dynamic'
import { SelectField } from '#components/ui/select-field.tsx'
import { modelId } from '#lib/chat/model-id.ts'
import { modelName, offeredModel } from '#lib/chat/offered-model.ts'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { useCell } from './use-cell.ts'

/** More than these are searched. */
const FEW = 8

/** Where there are few models nobody loads it. */
const SearchField = dynamic(() =>
  import('#components/ui/search-field.tsx').then((loaded) => loaded.SearchField),
)

/** Which model answers, where there are several to choose from. */
export function ModelField({ store }: { store: ConversationStore }) {
  const client = useChatClient()
  const { models } = client
  const { id, gone } = offeredModel(useCell(store.state).model, client)
  const usual = modelId(models[0])
  const hasProviders = new Set(models.map(({ provider }) => provider)).size > 1
  const ids = models.map(modelId)
  // One that was chosen before, of a provider that has not told its models yet.
  const known = ids.includes(id)
    ? models
    : [...models, { provider: id.split(':')[0] ?? '', model: modelName(id) }]
  const options = known.map((label) => ({
    value: modelId(label),
    label: label.model,
    ...descriptionOf(modelId(label) === usual, hasProviders ? label.provider : null),
  }))
  if (options.length < 2 && gone === null) return null

  function choose(chosen: string) {
    void store.choose({ model: chosen === usual ? null : chosen })
  }

  return (
    // Names of models are long: where there is no room, this gives way.
    <div className="flex min-w-20 max-w-56 shrink-999">
      {options.length > FEW ? (
        <SearchField
          {...{ label: 'Model', hint: 'Search models', value: id, options }}
          shown={shortName(id)}
          onChange={choose}
        />
      ) : (
        <SelectField label="Model" value={id} options={options} onChange={choose} />
      )}
    </div>
  )
}

/** The name without its maker. */
function shortName(id: string): string {
  const name = modelName(id)
  return name.slice(name.lastIndexOf('/') + 1)
}

function descriptionOf(isUsual: boolean, provider: string | null): { description?: string } {
  const parts = [isUsual ? 'The usual one' : null, provider && providerLabels[provider]].filter(Boolean)
  return parts.length > 0 ? { description: parts.join(', ') } : {}
}

const providerLabels: Record<string, string> = { openai: 'OpenAI', anthropic: 'Anthropic', ollama: 'Ollama' }

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
