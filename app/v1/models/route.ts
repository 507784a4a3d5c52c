import { requireCaller } from '#lib/auth/require-caller.ts'
import { answerOpenAi } from '#lib/server/answer-openai.ts'
import { completionModels, describeCompletionModel } from '#lib/server/completion-model.ts'

/** The personas, as OpenAI's clients list models. */
export function GET(request: Request): Promise<Response> {
  return answerOpenAi(async () => {
    await requireCaller(request, 'read')
    return Response.json({ object: 'list', data: completionModels().map(describeCompletionModel) })
  })
}
