import type { Answer } from '#lib/api/chat.ts'
import { Failure } from './failure.ts'
import { printAnswer } from './print-answer.ts'
import type { Session } from './session.ts'

/**
 * Asks once and prints the answer to standard output; styled in a terminal only.
 *
 * @throws Failure
 */
export async function ask(session: Session, question: string, isJson: boolean): Promise<void> {
  if (question.trim() === '') throw new Failure('usage', 'There is nothing to ask: the message is empty.')
  const aborted = new AbortController()
  process.once('SIGINT', () => {
    // The server stops, too: nobody reads any more.
    void session.stop().finally(() => aborted.abort())
  })
  const events = session.send(question, aborted.signal)
  const isStyled = process.stdout.isTTY && process.stdout.hasColors()
  try {
    await printAnswer(events, { isStyled, write: (text) => void (isJson || process.stdout.write(text)) })
  } catch (error) {
    if (aborted.signal.aborted) throw new Failure('stopped', 'Stopped.')
    throw error
  }
  const answer: Answer | null = session.last
  if (isJson) process.stdout.write(`${JSON.stringify(answer)}\n`)
  if (answer?.status === 'stopped') throw new Failure('stopped', 'The answer was stopped.')
}
