const protocols = ['http:', 'https:', 'mailto:']

/** The address of a link that may be followed; null for scripts, data and anything else that is not the web or mail. */
export function safeHref(href: string): string | null {
  const url = URL.canParse(href) ? new URL(href) : null
  return url && protocols.includes(url.protocol) ? url.href : null
}
