import { explainGenerationError } from '#lib/chat/generation-errors.ts'
import type { GenerationView } from '#lib/chat/types.ts'
import type { StoredTurn } from '#lib/db/generations.ts'
import { followAnswer } from '#lib/server/follow-answer.ts'
import type { AnswerOutlet } from './answer-outlet.ts'
import { splitAnswer } from './split-answer.ts'

/**
 * Shows an answer in its chat as it is written, to its end.
 *
 * @param isLeft whether an end as this one is none for the chat, since the answer will be gone on with
 */
export async function deliverAnswer(
  outlet: AnswerOutlet,
  turn: StoredTurn,
  isLeft: (generation: GenerationView) => boolean,
): Promise<{ generation: GenerationView; text: string }> {
  const answer = followAnswer(turn)
  const end = Promise.withResolvers<GenerationView>()
  let news = Promise.withResolvers<null>()
  const unfollow = answer.follow(0, {
    onText: () => news.resolve(null),
    onStorage: () => undefined,
    onEnd: (generation) => end.resolve(generation),
  })
  try {
    for (;;) {
      const ended = await Promise.race([end.promise, news.promise])
      if (ended) {
        if (!isLeft(ended)) await outlet.show(splitAnswer(withNote(answer.text, ended)))
        return { generation: ended, text: answer.text }
      }
      await outlet.paced()
      news = Promise.withResolvers()
      await outlet.show(splitAnswer(answer.text))
    }
  } finally {
    unfollow()
  }
}

function withNote(text: string, { status, errorCode }: GenerationView): string {
  const note = noteOf(status, errorCode)
  return note === null ? text : [text.trimEnd(), `*${note}*`].filter(Boolean).join('\n\n')
}

function noteOf(status: GenerationView['status'], errorCode: string | null): string | null {
  if (status === 'stopped') return 'Stopped.'
  if (status === 'truncated') return 'Cut off: the answer reached the longest that is allowed.'
  if (status === 'interrupted') return 'The answer broke off. Ask for the rest of it.'
  if (status !== 'failed') return null
  const { title, remedy } = explainGenerationError(errorCode)
  return `${title}. ${remedy}`
}
