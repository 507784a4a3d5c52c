import { styleText } from 'node:util'
import { Lexer, type MarkedToken, type Token } from 'marked'

/** The stream is asked once, by whoever makes the renderer. */
export const always = { validateStream: false } as const

/** A line, or a part of one, with its marks turned into a terminal's styles. */
export function styleInline(text: string): string {
  return styleTokens(Lexer.lexInline(text))
}

function styleTokens(tokens: Token[]): string {
  return tokens.map((token) => styleToken(token as MarkedToken)).join('')
}

function styleToken(token: MarkedToken): string {
  switch (token.type) {
    case 'strong':
      return styleText('bold', styleTokens(token.tokens), always)
    case 'em':
      return styleText('italic', styleTokens(token.tokens), always)
    case 'del':
      return styleText('strikethrough', styleTokens(token.tokens), always)
    case 'codespan':
      return styleText('cyan', token.text, always)
    case 'escape':
      return token.text
    case 'link':
    case 'image': {
      const label = token.tokens ? styleTokens(token.tokens) : token.text
      // A bare address is its own label; "www." and mail addresses get their protocol from the lexer.
      const isBare = token.href.endsWith(token.text) && !token.raw.startsWith('[')
      const title = token.title ? ` "${token.title}"` : ''
      return isBare ? label : `${label} (${token.href}${title})`
    }
    default:
      // Most of it is text; HTML is shown as it is written.
      return token.raw
  }
}
