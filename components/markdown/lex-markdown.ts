import { type Links, Marked, type Token } from 'marked'
import { mathExtensions } from './math-extension.ts'

/** A Markdown text as its blocks, in order. */
export interface LexedMarkdown {
  text: string
  blocks: Token[]
  /** The last block that is not blank, and where it begins in the text; NULL when the blocks do not add up to the text. */
  tail: { index: number; offset: number } | null
  /** The targets of `[name]: address` lines, which links anywhere in the text may use. */
  links: Links
}

const marked = new Marked({
  gfm: true,
  extensions: mathExtensions,
  // Raw HTML is text: without these two rules it falls through to those for words.
  tokenizer: { html: () => undefined, tag: () => undefined },
})

/** Reads a whole text. What cannot be read (nested deeper than the stack) becomes one block of plain text. */
export function lexMarkdown(text: string): LexedMarkdown {
  return lex(withPlainBreaks(text), {})
}

/**
 * Reads a text that continues the one read before: only its last block and what follows are read again, so that the
 * blocks before keep their identity. Any other text is read whole.
 */
export function lexContinued(previous: LexedMarkdown, text: string): LexedMarkdown {
  const normal = withPlainBreaks(text)
  if (normal === previous.text) return previous
  const start = previous.tail
  if (start === null || !normal.startsWith(previous.text)) return lex(normal, {})
  const kept = previous.blocks.slice(0, start.index)
  // Of the links only those of finished lines: the last may still have been growing.
  const tail = lex(normal.slice(start.offset), linksOf(kept))
  // A new target may belong to a link that was read before.
  if (JSON.stringify(tail.links) !== JSON.stringify(previous.links)) return lex(normal, {})
  return {
    ...{ text: normal, blocks: [...kept, ...tail.blocks], links: tail.links },
    tail: tail.tail && { index: start.index + tail.tail.index, offset: start.offset + tail.tail.offset },
  }
}

/** Of most texts nothing has to be looked at: they are read many times a second while they grow. */
function withPlainBreaks(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

/** Reads one block of a text whose links are known. */
export function lexBlock(text: string, links: Links): Token[] {
  return lex(text, links).blocks
}

function linksOf(blocks: Token[]): Links {
  const links: Links = {}
  for (const block of blocks) {
    if (block.type === 'def') links[block.tag] ??= { href: block.href, title: block.title }
  }
  return links
}

function lex(text: string, links: Links): LexedMarkdown {
  const lexer = new marked.Lexer(marked.defaults)
  Object.assign(lexer.tokens.links, links)
  try {
    const blocks = lexer.lex(text)
    return { text, blocks: [...blocks], links: blocks.links, tail: lastBlockStart(text, blocks) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const plain: Token = { type: 'text', raw: text, text, tokens: [{ type: 'text', raw: text, text }] }
    return { text, blocks: [plain], links, tail: { index: 0, offset: 0 } }
  }
}

/** Reads the states of one growing text, each as far as it differs from the one before. */
export function createMarkdownReader(): (text: string) => LexedMarkdown {
  let last: LexedMarkdown | undefined
  return (text) => {
    last = last ? lexContinued(last, text) : lexMarkdown(text)
    return last
  }
}

function lastBlockStart(text: string, blocks: readonly Token[]): LexedMarkdown['tail'] {
  let index = blocks.findLastIndex((block) => block.type !== 'space')
  if (index < 0) index = 0
  let offset = 0
  let end = 0
  for (const [position, block] of blocks.entries()) {
    if (position === index) offset = end
    end += block.raw.length
  }
  return end === text.length ? { index, offset } : null
}
