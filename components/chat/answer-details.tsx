import { CopyButton } from '#components/ui/copy-button.tsx'
import type { GenerationView } from '#lib/chat/types.ts'

/** Under an answer, on hover or focus: what wrote it, how much and how fast. Its place is kept, so that nothing moves. */
export function AnswerDetails({ text, generation }: { text: string; generation: GenerationView }) {
  if (generation.status === 'streaming') return <div className="h-9" />
  const { provider, model, outputTokens, latencyMs } = generation
  return (
    <div className="flex h-9 items-center gap-3 text-muted text-xs tabular-nums opacity-0 transition-opacity duration-150 group-focus-within/answer:opacity-100 group-hover/answer:opacity-100 [@media(hover:none)]:opacity-100">
      {text !== '' && (
        <span className="-mx-2">
          <CopyButton text={text} label="Copy answer" />
        </span>
      )}
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
