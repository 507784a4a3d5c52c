import type { ToldText } from './context-ledger.ts'
import type { GenerationMaking, StoredMaking } from './generation-making.ts'
import { PART_SEPARATOR, renderCut, renderSystemMessage } from './render-context.ts'

/** What a run was sent, made again from what is kept of it. */
export type RestoredContext = Pick<
  GenerationMaking,
  'prompt' | 'instructions' | 'folder' | 'summary' | 'messages' | 'continuation'
> & {
  /** NULL when something of it is not kept. */
  content: { instructions: string; messages: { role: 'user' | 'assistant'; content: string }[] } | null
}

/** Makes again what was sent: the same parts, cut alike, rendered by the functions that rendered them then. */
export function restoreContext({ ledger, texts, summaryText, messages }: StoredMaking): RestoredContext {
  const textOf = (hash: string | undefined) => (hash === undefined ? null : (texts[hash] ?? null))
  const fragments = ledger.prompt.fragments.map(({ path, hash, tokens }) => ({
    ...{ path, tokens, text: textOf(hash) },
  }))
  const parts = fragments.map(({ text }) => text)
  const prompt = {
    ...{ hash: ledger.prompt.hash, tokens: ledger.prompt.tokens, fragments },
    text: isWhole(parts) ? parts.join(PART_SEPARATOR) : null,
  }
  const restored = (told: ToldText | null | undefined) =>
    told ? { tokens: told.tokens, text: cut(textOf(told.hash), told.cutEnds) } : null
  const instructions = restored(ledger.instructions)
  const folder = restored(ledger.folder)
  const summary = ledger.summary && {
    ...{ version: ledger.summary.version, throughMessageId: ledger.summary.throughMessageId },
    ...{ tokens: ledger.summary.tokens, isCut: ledger.summary.cutEnds !== undefined },
    text: cut(summaryText, ledger.summary.cutEnds),
  }
  const sent = ledger.sent.map(({ messageId, tokens, length, cutTo, cutEnds }) => {
    const message = messages[messageId]
    return {
      ...{ id: messageId, role: message?.role ?? ('user' as const), tokens: cutTo ?? tokens },
      ...{ isCut: cutEnds !== undefined, text: cut(message?.text.slice(0, length) ?? null, cutEnds) },
    }
  })
  const goOn = ledger.continuation
  const continuation = goOn ? { tokens: goOn.tokens, text: textOf(goOn.hash) } : null
  return {
    ...{ prompt, instructions, folder, summary, messages: sent, continuation },
    content: contentOf({ prompt, instructions, folder, summary, messages: sent, continuation }),
  }
}

function contentOf({
  prompt,
  instructions,
  folder,
  summary,
  messages,
  continuation,
}: Omit<RestoredContext, 'content'>): RestoredContext['content'] {
  const told = instructions?.text ?? null
  const toldInFolder = folder?.text ?? null
  const summed = summary?.text ?? null
  if (prompt.text === null || (instructions && told === null) || (summary && summed === null)) return null
  if (folder && toldInFolder === null) return null
  const sent = messages.map(({ role, text }) => ({ role, content: text }))
  if (continuation) sent.push({ role: 'user', content: continuation.text })
  if (!sent.every((each): each is { role: 'user' | 'assistant'; content: string } => each.content !== null))
    return null
  return {
    instructions: renderSystemMessage({
      ...{ prompt: prompt.text, instructions: told, folder: toldInFolder, summary: summed },
    }),
    messages: sent,
  }
}

function isWhole(parts: (string | null)[]): parts is string[] {
  return parts.length > 0 && !parts.includes(null)
}

function cut(text: string | null, ends: Parameters<typeof renderCut>[1]): string | null {
  return text === null ? null : renderCut(text, ends)
}
