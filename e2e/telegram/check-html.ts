const known = new Set(['b', 'i', 'u', 's', 'code', 'pre', 'a', 'blockquote'])

/** What Telegram would say of a text in its HTML; NULL when it takes it. */
export function faultOfHtml(html: string): string | null {
  const open: string[] = []
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([^\s>/]*)[^>]*>/g)) {
    if (!known.has(name)) return `can't parse entities: Unsupported start tag "${name}"`
    if (slash === '') open.push(name)
    else if (open.pop() !== name) return `can't parse entities: Unmatched end tag "${name}"`
  }
  if (open.length > 0) return `can't parse entities: Can't find end tag corresponding to "${open.at(-1)}"`
  if (/<(?![/a-z])/.test(html)) return "can't parse entities: Unexpected character"
  return null
}

/** The text that a reader sees. */
export function shownText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
