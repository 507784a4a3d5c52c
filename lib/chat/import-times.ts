/** Before and after this nobody has talked to a model; PostgreSQL knows fewer years than JavaScript. */
const EARLIEST = Date.UTC(2000, 0, 1)
const LATEST = Date.UTC(2200, 0, 1)

/** A time that is given in seconds since 1970; NULL when it is none. */
export function secondsToTime(seconds: number | null | undefined): string | null {
  return seconds === null || seconds === undefined ? null : timeOf(seconds * 1000)
}

/** A time that is given as text (ISO 8601, fractions of any length); NULL when it is none. */
export function textToTime(text: string | null | undefined): string | null {
  return text ? timeOf(Date.parse(text)) : null
}

function timeOf(ms: number): string | null {
  return ms >= EARLIEST && ms < LATEST ? new Date(ms).toISOString() : null
}
