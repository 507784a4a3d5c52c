import { type ChatModel, type Models, models } from '#lib/providers/resolve-models.ts'
import { turnErrors } from './turn-errors.ts'

/** How long a choice waits for the providers' lists, in ms: after a start they may be on their way. */
const LIST_PATIENCE_MS = 1_500

/**
 * The model of a turn: what the request names, else what the conversation has. A conversation whose model is offered no
 * longer is answered by the usual one, and keeps its choice; one whose provider has not told its models yet keeps its model.
 *
 * @param asked as `provider:model`; NULL: the usual one; undefined: as the conversation has it
 * @param kept the conversation's
 * @returns the model to ask, NULL for the usual one, and what the conversation is to keep
 * @throws AppError unknown_model when the request names one that is not offered
 */
export async function chooseModel(
  resolved: Models,
  asked: string | null | undefined,
  kept: string | null,
): Promise<{ wanted: ChatModel | null; kept: string | null }> {
  const id = asked === undefined ? kept : asked
  if (id === null) return { wanted: null, kept: null }
  const found = await findOffered(resolved, id)
  if (found) return { wanted: found, kept: id }
  if (id !== kept) throw turnErrors.unknownModel(id)
  return { wanted: resolved.offer.findTrusted(id) ?? null, kept }
}

/**
 * For what it throws: a model that is not on offer is never stored.
 *
 * @throws AppError unknown_model
 */
export async function requireOffered(id: string): Promise<void> {
  if (!(await findOffered(await models(), id))) throw turnErrors.unknownModel(id)
}

async function findOffered({ offer }: Models, id: string): Promise<ChatModel | undefined> {
  const known = offer.find(id)
  if (known || offer.isWhole) return known
  await offer.settled(LIST_PATIENCE_MS)
  return offer.find(id)
}
