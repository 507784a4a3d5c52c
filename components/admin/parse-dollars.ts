const MOST = 1_000_000

/** Dollars as people type them; NULL for an empty field, undefined for what is no amount. */
export function parseDollars(text: string): number | null | undefined {
  const trimmed = text.trim().replace(/^\$\s*/, '')
  if (trimmed === '') return null
  const dollars = /^\d{1,3}(,\d{3})+(\.\d+)?$|^\d*\.?\d+$/.test(trimmed)
    ? Number(trimmed.replaceAll(',', ''))
    : Number.NaN
  return dollars >= 0 && dollars <= MOST ? dollars : undefined
}
