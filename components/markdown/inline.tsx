import type { MarkedToken, Token } from 'marked'
import type { ReactNode } from 'react'
import { decodeEntities } from './decode-entities.ts'
import { Formula } from './formula.tsx'
import type { MathToken } from './math-extension.ts'
import { safeHref } from './safe-href.ts'

const lineBreak = /<br\s*\/?>/i

interface InlineProps {
  tokens: Token[] | undefined
  /** `<br>` breaks the line: in a cell of a table Markdown has no other way. */
  breaks?: boolean
}

/** The words of a block. Nothing that a model wrote becomes an element of its choosing: text stays text. */
export function Inline({ tokens = [], breaks = false }: InlineProps) {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: words have no identity but their place.
    <InlineToken key={index} token={token as MarkedToken | MathToken} breaks={breaks} />
  ))
}

function InlineToken({ token, breaks }: { token: MarkedToken | MathToken; breaks: boolean }): ReactNode {
  switch (token.type) {
    case 'text':
      if (token.tokens) return <Inline tokens={token.tokens} breaks={breaks} />
      return breaks ? withBreaks(decodeEntities(token.text)) : decodeEntities(token.text)
    case 'escape':
      return token.text
    case 'strong':
      return (
        <strong>
          <Inline tokens={token.tokens} breaks={breaks} />
        </strong>
      )
    case 'em':
      return (
        <em>
          <Inline tokens={token.tokens} breaks={breaks} />
        </em>
      )
    case 'del':
      return (
        <del>
          <Inline tokens={token.tokens} breaks={breaks} />
        </del>
      )
    case 'codespan':
      return <code>{token.text}</code>
    case 'br':
      return <br />
    case 'checkbox':
      return (
        <input
          type="checkbox"
          checked={token.checked}
          disabled
          aria-label={token.checked ? 'Done' : 'To do'}
        />
      )
    case 'link':
      return (
        <ExternalLink href={token.autolink ? token.href : decodeEntities(token.href)}>
          {token.autolink ? token.text : <Inline tokens={token.tokens} breaks={breaks} />}
        </ExternalLink>
      )
    // Never loaded: an address in an answer could carry what was said here to another server.
    case 'image':
      return (
        <ExternalLink href={decodeEntities(token.href)}>{decodeEntities(token.text) || 'Image'}</ExternalLink>
      )
    case 'math':
      return <Formula tex={token.tex} display={token.display} />
    default:
      return token.raw
  }
}

function ExternalLink({ href, children }: { href: string; children: ReactNode }) {
  const safe = safeHref(href)
  if (!safe) return children
  return (
    <a href={safe} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}

function withBreaks(text: string): ReactNode {
  return text.split(lineBreak).flatMap((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place.
    index === 0 ? [part] : [<br key={index} />, part],
  )
}
