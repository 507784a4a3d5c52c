import type { ModelLabel } from '#lib/chat/types.ts'
import { models } from '#lib/providers/resolve-models.ts'

/** The model that answers on this server, as the page names it. */
export async function answeringModel(): Promise<ModelLabel> {
  const { answering } = await models()
  return answering.label
}
