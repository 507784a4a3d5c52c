import type { TokenSums } from '#lib/chat/token-ratio.ts'
import { db } from './client.ts'

export interface ModelTokens extends TokenSums {
  provider: string
  model: string
}

/** What every model has reported so far. */
export async function readTokenSums(): Promise<ModelTokens[]> {
  return db().tokenRatio.findMany({
    select: { provider: true, model: true, counted: true, reported: true },
  })
}

/**
 * Adds what a model has reported.
 *
 * @param fading what remains of all that was reported before (0 to 1)
 * @returns the sums as they are now
 */
export async function addTokenSums(added: ModelTokens, fading: number): Promise<TokenSums> {
  const [sums] = await db().$queryRaw<[TokenSums]>`
    INSERT INTO token_ratio AS kept (provider, model, counted, reported)
    VALUES (${added.provider}, ${added.model}, ${added.counted}::float, ${added.reported}::float)
    ON CONFLICT (provider, model) DO UPDATE SET
      counted = kept.counted * ${fading}::float + excluded.counted,
      reported = kept.reported * ${fading}::float + excluded.reported,
      "updatedAt" = now()
    RETURNING counted, reported`
  return sums
}
