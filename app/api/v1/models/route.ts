import { requireCaller } from '#lib/auth/require-caller.ts'
import { modelId } from '#lib/chat/model-id.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { answeringModels } from '#lib/server/answering-models.ts'
import { apiJson } from '#lib/server/api-json.ts'

/** The models that a person may choose from, the usual one first. */
export function GET(request: Request): Promise<Response> {
  return answerProblems(async () => {
    await requireCaller(request, 'read')
    const { models, isWhole } = await answeringModels()
    return apiJson(request, {
      models: models.map((label, index) => ({ id: modelId(label), ...label, isDefault: index === 0 })),
      isWhole,
    })
  })
}
