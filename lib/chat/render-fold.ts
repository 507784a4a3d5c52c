import { cutText } from './cut-text.ts'

/** A message as the summarizer reads it. */
export interface FoldedMessage {
  role: 'user' | 'assistant'
  text: string
  tokens: number
}

const speakers = { user: 'The person:', assistant: 'The assistant:' } as const

/**
 * The messages as one text that says who said what; a text cannot close the tags around them itself.
 *
 * @param limit tokens that one message may have; a longer one is cut in the middle
 */
export function renderFold(messages: readonly FoldedMessage[], limit: number): string {
  return messages
    .filter(({ text }) => text.trim() !== '')
    .map(({ role, text, tokens }) => `${speakers[role]}\n${withoutTags(cutText(text, tokens, limit).text)}`)
    .join('\n\n')
}

/** A text without what would end the part of the prompt that it stands in. */
export function withoutTags(text: string): string {
  return text.replace(/<(\/?(?:messages|existing_summary))>/gi, '‹$1›')
}
