import { requireUser } from '#lib/auth/session.ts'
import { modelPreferenceSchema } from '#lib/chat/chat-request.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { preferModel } from '#lib/server/choose-model.ts'
import { readJson } from '#lib/server/read-json.ts'

/** Keeps the model that a person's next new conversation begins with. */
export function PUT(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const { model } = await readJson(request, modelPreferenceSchema)
    await preferModel(user.id, model)
    return new Response(null, { status: 204 })
  })
}
