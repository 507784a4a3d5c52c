import type { ModelLabel } from '#lib/chat/types.ts'
import { models, offeredModels } from '#lib/providers/resolve-models.ts'

/** The models of this server as the page names them: those that a person may choose from, the usual one first. */
export async function answeringModels(): Promise<[ModelLabel, ...ModelLabel[]]> {
  const [first, ...others] = offeredModels(await models())
  return [first.label, ...others.map(({ label }) => label)]
}
