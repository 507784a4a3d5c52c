import type { GenerationMaking } from '#lib/chat/generation-making.ts'
import { importedFrom } from '#lib/chat/import-sources.ts'
import { formatMoney } from '#lib/chat/money.ts'
import { tokensOf } from './describe-making.ts'
import { MakingSection } from './making-section.tsx'

interface Fact {
  label: string
  value: string
}

/** The model, how it was asked, what it counted and what it cost; what is not known is said to be so. */
export function MakingFacts({ making }: { making: GenerationMaking }) {
  return (
    <MakingSection title="Model and cost">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 text-sm">
        {factsOf(making).map(({ label, value }) => (
          <div
            key={label}
            className="col-span-2 grid grid-cols-subgrid border-line border-b py-2.5 last:border-b-0"
          >
            <dt className="text-muted">{label}</dt>
            <dd className="text-right tabular-nums wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </MakingSection>
  )
}

function factsOf({ run, runs, calls, cost, cachedInputTokens, reasoningTokens }: GenerationMaking): Fact[] {
  const call = calls.at(-1)
  const model = { label: 'Model', value: `${run.model} (${importedFrom(run.provider) ?? run.provider})` }
  if (!call) {
    // Before its calls were kept, only the tokens of all runs together were.
    const isKnown = runs.length === 1
    return [
      model,
      { label: 'Tokens sent', value: tokensOf(isKnown ? run.inputTokens : null, null, '') },
      { label: 'Tokens received', value: tokensOf(isKnown ? run.outputTokens : null, null, '') },
      { label: 'Cost', value: formatMoney(cost) },
    ]
  }
  return [
    model,
    ...(run.fallbackFrom === null ? [] : [{ label: 'In the place of', value: run.fallbackFrom }]),
    { label: 'Temperature', value: call.temperature === null ? 'the model’s own' : String(call.temperature) },
    { label: 'Longest answer', value: `${call.maxOutputTokens.toLocaleString('en')} tokens` },
    {
      label: 'Tokens sent',
      value: tokensOf(call.inputTokens, call.cachedInputTokens ?? cachedInputTokens, 'from its cache'),
    },
    {
      label: 'Tokens received',
      value: tokensOf(call.outputTokens, call.reasoningTokens ?? reasoningTokens, 'for reasoning'),
    },
    { label: calls.length > 1 ? `Cost of ${calls.length} calls` : 'Cost', value: formatMoney(cost) },
  ]
}
