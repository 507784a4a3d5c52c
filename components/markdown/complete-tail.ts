import type { Links, Token } from 'marked'
import remend from 'remend'
import { lexBlock } from './lex-markdown.ts'

// Only what closes a mark that is open; the rest of what remend can do would show a text other than the one written.
const options = {
  linkMode: 'text-only',
  katex: false,
  htmlTags: false,
  comparisonOperators: false,
  singleTilde: false,
} as const

/** The last block of a growing text as it will look once its open marks (bold, code, link …) are closed. */
export function completeTail(block: Token, links: Links): Token[] {
  if (block.type === 'code' || block.type === 'math') return [block]
  const completed = remend(block.raw, options)
  return completed === block.raw ? [block] : lexBlock(completed, links)
}
