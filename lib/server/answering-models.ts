import type { ModelLabel } from '#lib/chat/types.ts'
import { models } from '#lib/providers/resolve-models.ts'

/** How long a page waits for the providers' lists, in ms: only after a start are they on their way. */
const LIST_PATIENCE_MS = 1_000

export interface AnsweringModels {
  /** Those that a person may choose from, the usual one first. */
  models: [ModelLabel, ...ModelLabel[]]
  /** Whether these are all; otherwise a provider has not told yet which it has. */
  isWhole: boolean
}

/** The models of this server as the page names them. */
export async function answeringModels(): Promise<AnsweringModels> {
  const { offer } = await models()
  if (!offer.isWhole) await offer.settled(LIST_PATIENCE_MS)
  const [first, ...others] = offer.known()
  return { models: [first.label, ...others.map(({ label }) => label)], isWhole: offer.isWhole }
}
