import { formatCount } from '#lib/chat/format-count.ts'

/** As it is said in a sentence: `1 message`, `1,200 messages`. */
export function messageCount(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'message' : 'messages'}`
}
