import type { ReactNode } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import type { GenerationView } from '#lib/chat/types.ts'
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
  const countClass = persona === null ? 'shrink-0' : 'shrink-0 max-md:hidden'
  return (
    <div className={`${messageActionsClass} h-9 min-w-0 gap-3 text-muted text-xs tabular-nums`}>
      <span className="-mx-2 flex shrink-0">
        {text !== '' && <CopyButton text={text} label="Copy answer" />}
        {children}
      </span>
      {persona !== null && <span className="shrink-0">{persona}</span>}
      <span className="truncate">{provider === 'demo' ? 'Demo, not an AI model' : model}</span>
      {outputTokens !== null && <span className={countClass}>{tokenCount(outputTokens)}</span>}
      {latencyMs !== null && <span className={countClass}>{seconds(latencyMs)}</span>}
    </div>
  )
}

function tokenCount(tokens: number): string {
  return `${tokens.toLocaleString('en')} ${tokens === 1 ? 'token' : 'tokens'}`
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
