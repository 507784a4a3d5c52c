import { AppError } from '#lib/errors.ts'
import { answerOpenAi } from '#lib/server/answer-openai.ts'

/** Whatever else OpenAI has: its clients are told in their own shape what there is here. */
function refuse({ method, url }: Request): Promise<Response> {
  return answerOpenAi(async () => {
    throw new AppError(
      'not_found',
      `Stoa has no ${method} ${new URL(url).pathname}. It has POST /v1/chat/completions and GET /v1/models.`,
    )
  })
}

export { refuse as GET, refuse as POST }
