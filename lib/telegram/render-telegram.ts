import { Marked, type Token, type Tokens } from 'marked'

const markdown = new Marked({ gfm: true })

/** The blocks of a Markdown text, without the empty lines between them. */
export function readBlocks(text: string): Token[] {
  return markdown.lexer(text).filter(({ type }) => type !== 'space' && type !== 'def')
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Blocks of Markdown in the HTML that Telegram knows: what it has no form for is written as plain text. */
export function renderBlocks(blocks: Token[]): string {
  return blocks.map(renderBlock).filter(Boolean).join('\n\n')
}

function renderBlock(token: Token): string {
  if (isKind(token, 'heading')) return `<b>${renderInline(token.tokens)}</b>`
  if (isKind(token, 'paragraph')) return renderInline(token.tokens)
  if (isKind(token, 'code')) return renderCode(token)
  if (isKind(token, 'blockquote')) return renderQuote(token)
  if (isKind(token, 'list')) return renderList(token, '')
  if (isKind(token, 'table')) return renderTable(token)
  if (isKind(token, 'hr')) return '———'
  if (token.type === 'space') return ''
  return renderInline([token])
}

function renderCode({ text, lang }: Tokens.Code): string {
  const language = lang?.match(/^[\w+#.-]+/)?.[0]
  const code = escapeHtml(text)
  return language
    ? `<pre><code class="language-${escapeHtml(language)}">${code}</code></pre>`
    : `<pre>${code}</pre>`
}

/** Telegram refuses a quote within a quote. */
function renderQuote({ tokens }: Tokens.Blockquote): string {
  const inner = tokens.map((token) =>
    isKind(token, 'blockquote') ? renderBlocks(token.tokens) : renderBlock(token),
  )
  return `<blockquote>${inner
    .filter(Boolean)
    .join('\n\n')
    .replaceAll(/<\/?blockquote>/g, '')}</blockquote>`
}

function renderList({ items, ordered, start }: Tokens.List, indent: string): string {
  const lines = items.map(({ tokens, task, checked }, index) => {
    const sign = ordered ? `${Number(start || 1) + index}.` : task ? (checked ? '☑' : '☐') : '•'
    const parts = tokens
      .filter(({ type }) => type !== 'checkbox' && type !== 'space')
      .map((token) => (isKind(token, 'list') ? renderList(token, `${indent}    `) : renderBlock(token)))
    return `${indent}${sign} ${parts.join('\n')}`
  })
  return lines.join('\n')
}

function renderTable({ header, rows }: Tokens.Table): string {
  const table = [header, ...rows].map((row) => row.map(({ tokens }) => plainText(tokens)))
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(' | ')
      .trimEnd(),
  )
  const rule = widths.map((width) => '-'.repeat(width)).join('-+-')
  const [first = '', ...others] = lines
  return `<pre>${escapeHtml([first, rule, ...others].join('\n'))}</pre>`
}

function renderInline(tokens: Token[]): string {
  return tokens.map(renderSpan).join('')
}

function renderSpan(token: Token): string {
  if (isKind(token, 'strong')) return `<b>${renderInline(token.tokens)}</b>`
  if (isKind(token, 'em')) return `<i>${renderInline(token.tokens)}</i>`
  if (isKind(token, 'del')) return `<s>${renderInline(token.tokens)}</s>`
  if (isKind(token, 'codespan')) return `<code>${escapeHtml(token.text)}</code>`
  if (isKind(token, 'br')) return '\n'
  if (isKind(token, 'link')) return renderLink(token.href, renderInline(token.tokens))
  if (isKind(token, 'image')) return renderLink(token.href, escapeHtml(token.text || token.href))
  if (isKind(token, 'text') && token.tokens) return renderInline(token.tokens)
  return escapeHtml(isKind(token, 'text') || isKind(token, 'escape') ? token.text : token.raw)
}

function renderLink(href: string, label: string): string {
  return /^(https?|mailto|tg):/i.test(href) ? `<a href="${escapeHtml(href)}">${label}</a>` : label
}

function plainText(tokens: Token[]): string {
  return tokens
    .map((token) =>
      'tokens' in token && token.tokens ? plainText(token.tokens) : 'text' in token ? token.text : token.raw,
    )
    .join('')
}

interface TokenKinds {
  heading: Tokens.Heading
  paragraph: Tokens.Paragraph
  code: Tokens.Code
  blockquote: Tokens.Blockquote
  list: Tokens.List
  table: Tokens.Table
  hr: Tokens.Hr
  strong: Tokens.Strong
  em: Tokens.Em
  del: Tokens.Del
  codespan: Tokens.Codespan
  br: Tokens.Br
  link: Tokens.Link
  image: Tokens.Image
  text: Tokens.Text
  escape: Tokens.Escape
}

/** Marked's type of any token leaves `type` an open string, which does not tell them apart. */
function isKind<Kind extends keyof TokenKinds>(token: Token, kind: Kind): token is TokenKinds[Kind] & Token {
  return token.type === kind
}
