import type { TokenizerAndRendererExtension, Tokens } from 'marked'

/** A formula in TeX; `display`: on a line of its own. */
export interface MathToken extends Tokens.Generic {
  type: 'math'
  tex: string
  display: boolean
}

// Blocks: $$ … $$ and \[ … \], from the start of a line to the end of one.
const blockMath = /^ {0,3}(?:\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\])[ \t]*(?:\n+|$)/
// Within a line. A single dollar opens a formula only before and closes it only after something that is not a
// space, and not before a digit, so that "$5 and $10" stays money.
const inlineMath =
  /^(?:\$\$([^$]+?)\$\$|\$(?!\s)((?:\\[\s\S]|[^\\$\n])+?)(?<!\s)\$(?!\d)|\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\])/
const blockStart = /(?:^|\n) {0,3}(?:\$\$|\\\[)/
const inlineStart = /\$|\\\(|\\\[/
const anywhere = new RegExp(inlineMath.source.slice(1))

/** Formulas between dollars, or between the brackets that some models write. */
export const mathExtensions: TokenizerAndRendererExtension[] = [
  {
    name: 'math',
    level: 'block',
    start: (source) => blockStart.exec(source)?.index,
    tokenizer: (source) => {
      const match = blockMath.exec(source)
      const tex = (match?.[1] ?? match?.[2])?.trim()
      return match && tex ? { type: 'math', raw: match[0], tex, display: true } : undefined
    },
  },
  {
    name: 'math',
    level: 'inline',
    start: (source) => inlineStart.exec(source)?.index,
    tokenizer: (source) => {
      const match = inlineMath.exec(source)
      const tex = (match?.[1] ?? match?.[2] ?? match?.[3] ?? match?.[4])?.trim()
      return match && tex ? { type: 'math', raw: match[0], tex, display: match[4] !== undefined } : undefined
    },
  },
]

/** Whether a text may have a formula; what stands in its code is taken for one, too. */
export function hasFormula(text: string): boolean {
  return anywhere.test(text)
}

/** Whether a block is a formula whose end has not been written yet. */
export function isOpenMath(raw: string): boolean {
  const trimmed = raw.trim()
  if (trimmed.startsWith('$$')) return !trimmed.slice(2).includes('$$')
  return trimmed.startsWith('\\[') && !trimmed.includes('\\]')
}
