import type { Message } from '#lib/chat/types.ts'

/**
 * The message as it was read, except that a running answer keeps text that is shown already: the stored text of a
 * running answer is up to 250 ms behind. Once it has ended, what is stored is what counts, and what goes on from there is
 * another run: text that was lost with a server is no beginning for it.
 */
export function keepShownText(shown: Message | undefined, read: Message): Message {
  if (read.role !== 'assistant' || read.generation.status !== 'streaming') return read
  const isSameRun = shown?.role === 'assistant' && shown.generation.id === read.generation.id
  return isSameRun && shown.text.startsWith(read.text) ? { ...read, text: shown.text } : read
}
