import type { ReactNode } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import type { GenerationView } from '#lib/chat/types.ts'
import { messageActionsClass } from './message-actions.ts'

interface AnswerDetailsProps {
  text: string
  generation: GenerationView
  /** What can be done with the answer, beside copying it. */
  children: ReactNode
}

/** Under an answer, on hover or focus: what wrote it, how much and how fast. Its place is kept, so that nothing moves. */
export function AnswerDetails({ text, generation, children }: AnswerDetailsProps) {
  if (generation.status === 'streaming') return <div className="h-9" />
  const { provider, model, outputTokens, latencyMs } = generation
  return (
    <div className={`${messageActionsClass} h-9 min-w-0 gap-3 text-muted text-xs tabular-nums`}>
      <span className="-mx-2 flex shrink-0">
        {text !== '' && <CopyButton text={text} label="Copy answer" />}
        {children}
      </span>
      <span className="truncate">{provider === 'demo' ? 'Demo, not an AI model' : model}</span>
      {outputTokens !== null && <span className="shrink-0">{tokenCount(outputTokens)}</span>}
      {latencyMs !== null && <span className="shrink-0">{seconds(latencyMs)}</span>}
    </div>
  )
}

function tokenCount(tokens: number): string {
  return `${tokens.toLocaleString('en')} ${tokens === 1 ? 'token' : 'tokens'}`
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
