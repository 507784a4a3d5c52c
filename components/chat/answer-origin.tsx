import type { GenerationView } from '#lib/chat/types.ts'

/** Under an answer that another model wrote than the one that was asked: which, and why. */
export function AnswerOrigin({ text, generation }: { text: string; generation: GenerationView }) {
  const { fallbackFrom, model, status } = generation
  if (fallbackFrom === null || text === '' || status === 'streaming') return null
  return (
    <p className="mt-3 text-muted text-sm">
      Written by {model}, because {fallbackFrom} did not answer.
    </p>
  )
}
