import type { PersonaStack } from '#lib/chat/persona-stack.ts'
import { tokenCount } from './token-count.ts'

/** The size of a composed text, and the hash by which a generation names it. */
export function HashLine({ stack: { tokens, hash } }: { stack: Pick<PersonaStack, 'tokens' | 'hash'> }) {
  return (
    <p className="mb-3 text-muted text-sm tabular-nums">
      {tokenCount(tokens)} · SHA-256 <code className="break-all font-mono text-[0.92em]">{hash}</code>
    </p>
  )
}
