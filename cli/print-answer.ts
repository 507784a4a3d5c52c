import type { AnswerEvents } from './answer-events.ts'
import { plainLine } from './plain-text.ts'
import { failedAnswer } from './refusal.ts'
import { MarkdownRenderer } from './render-markdown.ts'

interface Output {
  write(text: string): void
  isStyled: boolean
  /** How wide the terminal is. */
  columns?: number
}

/**
 * Writes an answer as it arrives, with a line's end behind it.
 *
 * @param onTitle told when the conversation got its title
 * @throws Failure as the answer failed, once what there is of it is written
 */
export async function printAnswer(
  events: AnswerEvents,
  { write, isStyled, columns }: Output,
  onTitle: (title: string) => void = () => undefined,
): Promise<void> {
  const renderer = new MarkdownRenderer(isStyled, columns)
  let hasText = false
  const finish = () => {
    const rest = renderer.end()
    if (hasText || rest) write(`${rest}\n`)
  }
  try {
    for await (const event of events) {
      if (event.event === 'token') {
        hasText = true
        write(renderer.push(event.data.content))
      } else if (event.event === 'title') onTitle(plainLine(event.data.title))
      else if (event.event === 'error') throw failedAnswer(event.data)
    }
  } finally {
    finish()
  }
}
