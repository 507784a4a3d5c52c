interface PolicyOptions {
  /** Of this answer alone; it lets the scripts run that carry it. */
  nonce: string
  /** `next dev` evaluates code and inserts styles, which the build does not. */
  isDevelopment: boolean
}

/**
 * What a page may load and run: scripts that carry the nonce and those that they load, everything else from this origin.
 *
 * Styles come as files. Style attributes stay allowed: KaTeX places every glyph by one, and the meters their widths. They
 * run nothing, and what they could fetch (`url(…)`) the other rules leave to this origin.
 */
export function contentSecurityPolicy({ nonce, isDevelopment }: PolicyOptions): string {
  const rules = {
    'default-src': "'self'",
    'script-src': `'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    'script-src-attr': "'none'",
    'style-src': `'self'${isDevelopment ? " 'unsafe-inline'" : ''}`,
    'style-src-attr': "'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'connect-src': "'self'",
    'worker-src': "'self'",
    'frame-src': "'none'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  }
  return Object.entries(rules)
    .map(([rule, sources]) => `${rule} ${sources}`)
    .join('; ')
}

/** The nonce that a page's policy lets scripts run by; undefined: it has none. */
export function nonceOf(policy: string): string | undefined {
  return /'nonce-([^']+)'/.exec(policy)?.[1]
}
