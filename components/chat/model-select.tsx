'use client'

import { LateSearchField, LateSelectField } from '#components/late/late-field.tsx'
import { modelId } from '#lib/chat/model-id.ts'
import { type ModelOffer, modelName, offeredModel } from '#lib/chat/offered-model.ts'

/** More than these are searched. */
const FEW = 8

interface ModelSelectProps {
  offer: ModelOffer
  /** As `provider:model`; NULL: the usual one. */
  value: string | null
  onChange(model: string | null): void
}

/** A choice of one of the models on offer. */
export function ModelSelect({ offer, value, onChange }: ModelSelectProps) {
  const { models } = offer
  const { id } = offeredModel(value, offer)
  const usual = modelId(models[0])
  const hasProviders = new Set(models.map(({ provider }) => provider)).size > 1
  // One that was chosen before, of a provider that has not told its models yet.
  const known = models.some((label) => modelId(label) === id)
    ? models
    : [...models, { provider: id.split(':')[0] ?? '', model: modelName(id) }]
  const options = known.map((label) => ({
    value: modelId(label),
    label: label.model,
    ...descriptionOf(modelId(label) === usual, hasProviders ? label.provider : null),
  }))
  const choose = (chosen: string) => onChange(chosen === usual ? null : chosen)
  return options.length > FEW ? (
    <LateSearchField
      {...{ label: 'Model', hint: 'Search models', value: id, options }}
      shown={shortName(id)}
      onChange={choose}
    />
  ) : (
    <LateSelectField label="Model" value={id} options={options} onChange={choose} />
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
