import type { Token } from 'marked'
import { readBlocks, renderBlocks } from './render-telegram.ts'

/** What one message of Telegram holds of an answer. */
export interface AnswerPart {
  /** In Telegram's HTML. */
  html: string
  /** As the model wrote it, for when Telegram refuses the HTML. */
  plain: string
}

/** Telegram takes 4,096 UTF-16 units, counted without the tags; with them, and a little room, it is safe. */
const LIMIT = 4_000

/**
 * An answer as the messages that hold it: as few as will do, parted between paragraphs, and within one only where it alone
 * is too long. As an answer grows only the last message changes.
 */
export function splitAnswer(text: string): AnswerPart[] {
  const parts: AnswerPart[] = []
  for (const block of readBlocks(text).flatMap(fitBlock)) {
    const last = parts.at(-1)
    const joined = last && { html: `${last.html}\n\n${block.html}`, plain: `${last.plain}\n\n${block.plain}` }
    if (joined && fits(joined)) parts[parts.length - 1] = joined
    else parts.push(block)
  }
  return parts
}

function fitBlock(block: Token): AnswerPart[] {
  const whole = { html: renderBlocks([block]), plain: block.raw.trim() }
  if (whole.html === '') return []
  if (fits(whole)) return [whole]
  if (block.type === 'code') {
    const fence = `\`\`\`${block.lang ?? ''}\n`
    return breakText(block.text, (piece) => partOf(`${fence}${piece}\n\`\`\``))
  }
  return breakText(block.raw.trim(), partOf)
}

function partOf(markdown: string): AnswerPart {
  return { html: renderBlocks(readBlocks(markdown)), plain: markdown }
}

/** Takes from the front as much as fits, again and again, so that what was parted once stays so as the text grows. */
function breakText(text: string, render: (piece: string) => AnswerPart): AnswerPart[] {
  const parts: AnswerPart[] = []
  let rest = text
  while (rest !== '') {
    let length = Math.min(rest.length, LIMIT)
    let part = render(rest.slice(0, length))
    while (length > 1 && (length < rest.length || !fits(part))) {
      const shorter = boundary(rest, length)
      part = render(rest.slice(0, shorter).trimEnd())
      if (fits(part)) {
        length = shorter
        break
      }
      length = Math.floor(length * 0.8)
    }
    if (part.html !== '') parts.push(part)
    rest = rest.slice(length).replace(/^\s+/, '')
  }
  return parts
}

/** The end of a line, of a sentence or of a word at or before `length`, in the last half of it; else no half of a character. */
function boundary(text: string, length: number): number {
  const front = text.slice(0, length)
  for (const sign of ['\n', '. ', ' ']) {
    const at = front.lastIndexOf(sign)
    if (at > length / 2) return at + sign.length
  }
  const isHighSurrogate = /[\uD800-\uDBFF]$/.test(front)
  return isHighSurrogate ? length - 1 : length
}

function fits({ html, plain }: AnswerPart): boolean {
  return html.length <= LIMIT && plain.length <= LIMIT
}
