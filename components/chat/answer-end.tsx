import { RotateCcw } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { explainGenerationError } from '#lib/chat/generation-errors.ts'
import type { GenerationView } from '#lib/chat/types.ts'

interface AnswerEndProps {
  generation: GenerationView
  /** Set for the last answer: only that one can be asked for again. */
  onRetry: (() => void) | undefined
}

/** How an answer ended when it did not end well: what happened, what helps, and another try. */
export function AnswerEnd({ generation, onRetry }: AnswerEndProps) {
  const { status, errorCode } = generation
  if (status === 'streaming' || status === 'complete') return null
  if (status === 'stopped') {
    return <EndLine text="You stopped this answer." onRetry={onRetry} />
  }
  if (status === 'truncated') {
    return <EndLine text="The answer reached the length limit and was cut off." onRetry={onRetry} />
  }
  const { title, remedy } = explainGenerationError(errorCode)
  return (
    <div className="mt-3 flex flex-col items-start gap-3 rounded-xl bg-danger-soft px-4 py-3 text-sm">
      <div>
        <p className="font-medium text-danger">{title}</p>
        <p className="mt-0.5">{remedy}</p>
      </div>
      {onRetry && <RetryButton onRetry={onRetry} />}
    </div>
  )
}

function EndLine({ text, onRetry }: { text: string; onRetry: (() => void) | undefined }) {
  return (
    <div className="mt-3 flex min-h-8 flex-wrap items-center gap-3 text-muted text-sm">
      {text}
      {onRetry && <RetryButton onRetry={onRetry} />}
    </div>
  )
}

function RetryButton({ onRetry }: { onRetry: () => void }) {
  return (
    <Button size="small" onClick={onRetry}>
      <RotateCcw aria-hidden size={14} />
      Retry
    </Button>
  )
}
