import type { ApiEvent } from '#lib/api/chat.ts'
import { Failure } from './failure.ts'
import { MarkdownRenderer, plainText } from './render-markdown.ts'

interface Output {
  write(text: string): void
  isStyled: boolean
}

/**
 * Writes an answer as it arrives, with a line's end behind it.
 *
 * @param onTitle told when the conversation got its title
 * @throws Failure as the answer failed, once what there is of it is written
 */
export async function printAnswer(
  events: AsyncGenerator<ApiEvent>,
  { write, isStyled }: Output,
  onTitle: (title: string) => void = () => undefined,
): Promise<void> {
  const renderer = new MarkdownRenderer(isStyled)
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
      } else if (event.event === 'title') onTitle(plainText(event.data.title))
      else if (event.event === 'error') throw answerFailure(event.data)
    }
  } finally {
    finish()
  }
}

function answerFailure({
  code,
  message,
  retryAfter,
}: {
  code: string
  message: string
  retryAfter?: number | undefined
}) {
  return new Failure(code === 'rate_limited' ? 'too_many' : 'provider', plainText(message), {
    ...{ code, retryAfter: retryAfter ?? null },
  })
}
