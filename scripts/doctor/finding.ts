/** What a check found. */
export interface Finding {
  /** What was looked at, in a word or two. */
  about: string
  /** `warning`: Stoa runs, but not as well as it could. */
  verdict: 'ok' | 'warning' | 'fault'
  /** What is so, as a sentence. Nothing secret is in it. */
  what: string
  /** What to do about it, as a sentence. */
  todo?: string
}

const MARKS = { ok: '✓', warning: '!', fault: '✗' }

/** A finding as lines for a terminal. */
export function formatFinding({ about, verdict, what, todo }: Finding): string {
  const line = `${MARKS[verdict]} ${about.padEnd(14)} ${what}`
  return todo === undefined ? line : `${line}\n${' '.repeat(17)}${todo}`
}
