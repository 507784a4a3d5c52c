import { requireCaller } from '#lib/auth/require-caller.ts'
import { answerOpenAi } from '#lib/server/answer-openai.ts'
import { describeCompletionModel, findCompletionModel } from '#lib/server/completion-model.ts'

/** One of the personas, as OpenAI's clients ask for a model. */
export function GET(request: Request, context: RouteContext<'/v1/models/[model]'>): Promise<Response> {
  return answerOpenAi(async () => {
    await requireCaller(request, 'read')
    const { model } = await context.params
    return Response.json(describeCompletionModel(findCompletionModel(model)))
  })
}
