import type { ReactNode } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { formatCount } from '#lib/chat/format-count.ts'
import { importedFrom } from '#lib/chat/import-sources.ts'
import type { GenerationView } from '#lib/chat/types.ts'
import { describeDuration } from '#lib/chat/usage-report.ts'
import { messageActionsClass } from './message-actions.ts'

interface AnswerDetailsProps {
  text: string
  generation: GenerationView
  /** The name of the persona, where versions may differ in it. */
  persona: string | null
  /** What can be done with the answer, beside copying it. */
  children: ReactNode
}

/** Under an answer, on hover or focus: what wrote it, how much and how fast. Its place is kept, so that nothing moves. */
export function AnswerDetails({ text, generation, persona, children }: AnswerDetailsProps) {
  if (generation.status === 'streaming') return <div className="h-9" />
  const { provider, model, outputTokens, latencyMs } = generation
  // Beside the versions and the persona a small screen has no room for them.
  const countClass = persona === null ? 'truncate' : 'truncate max-md:hidden'
  return (
    <div className={`${messageActionsClass} h-9 min-w-0 gap-3 text-muted text-xs tabular-nums`}>
      <span className="-mx-2 flex shrink-0">
        {text !== '' && <CopyButton text={text} label="Copy answer" />}
        {children}
      </span>
      {persona !== null && <span className="truncate">{persona}</span>}
      <span className="shrink-99 truncate">{describeModel(provider, model)}</span>
      {outputTokens !== null && <span className={countClass}>{tokenCount(outputTokens)}</span>}
      {latencyMs !== null && <span className={countClass}>{describeDuration(latencyMs)}</span>}
    </div>
  )
}

function describeModel(provider: string, model: string): string {
  if (provider === 'demo') return 'Demo, not an AI model'
  const source = importedFrom(provider)
  return source ? `Imported from ${source} · ${model}` : model
}

function tokenCount(tokens: number): string {
  return `${formatCount(tokens)} ${tokens === 1 ? 'token' : 'tokens'}`
}
