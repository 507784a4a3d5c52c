import { Failure } from './failure.ts'
import { jsonLine } from './plain-text.ts'
import { printAnswer } from './print-answer.ts'
import type { Session } from './session.ts'

/** Signals that come closer than this are one: the launcher passes on what the terminal sends to both, in ms. */
const ONE_SIGNAL_MS = 300

/**
 * Asks once and prints the answer to standard output; styled in a terminal only.
 *
 * @throws Failure
 */
export async function ask(session: Session, question: string, isJson: boolean): Promise<void> {
  if (question.trim() === '') throw new Failure('usage', 'There is nothing to ask: the message is empty.')
  const aborted = new AbortController()
  let askedAt: number | null = null
  process.on('SIGINT', () => {
    if (askedAt !== null) {
      if (performance.now() - askedAt > ONE_SIGNAL_MS) aborted.abort()
      return
    }
    askedAt = performance.now()
    // The server stops, too: nobody reads any more.
    session.stop().catch(() => aborted.abort())
  })
  const events = session.send(question, aborted.signal)
  const isStyled = process.stdout.isTTY && process.stdout.hasColors()
  try {
    await printAnswer(events, {
      isStyled,
      columns: process.stdout.columns,
      write: (text) => void (isJson || process.stdout.write(text)),
    })
  } catch (error) {
    if (aborted.signal.aborted) throw new Failure('stopped', 'Stopped.')
    throw error
  }
  const { last } = session
  if (isJson) process.stdout.write(`${jsonLine(last)}\n`)
  if (last?.status === 'stopped') throw new Failure('stopped', 'The answer was stopped.')
}
