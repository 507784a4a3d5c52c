import { tryAdvisoryLock } from './advisory-lock.ts'
import { db } from './client.ts'

const BATCH = 2_000
/** Of the whole server. */
export const SWEEP_LOCK = 7_864_703

/**
 * Forgets those words of some people that stand in nothing any more that can be found: of what was erased. One process of
 * all does so at a time, since each word is looked up in the index.
 *
 * @returns false when another one is at it
 */
export async function forgetUnusedWords(userIds: Iterable<string>): Promise<boolean> {
  const lock = await tryAdvisoryLock(SWEEP_LOCK)
  if (!lock) return false
  try {
    for (const userId of userIds) await forgetUnusedWordsOf(userId)
    return true
  } finally {
    await lock.release()
  }
}

async function forgetUnusedWordsOf(userId: string): Promise<void> {
  let after: string | null = ''
  while (after !== null) {
    const [batch]: [{ last: string | null }] = await db().$queryRaw`
      WITH batch AS (
        SELECT DISTINCT word FROM search_word
        WHERE "userId" = ${userId}::uuid AND word > ${after} ORDER BY word LIMIT ${BATCH}
      ), unused AS (
        SELECT word FROM batch WHERE (
          SELECT true FROM search_entry e
          WHERE search_terms(e."userId", e.kind = 'title', e.words) @@ format('%1$L | %2$L',
            right(${userId}, 8) || 'm' || batch.word, right(${userId}, 8) || 't' || batch.word)::tsquery
            AND e."userId" = ${userId}::uuid LIMIT 1) IS NULL
      ), gone AS (
        DELETE FROM search_word USING unused WHERE search_word."userId" = ${userId}::uuid AND search_word.word = unused.word
      )
      SELECT max(word) AS last FROM batch`
    after = batch.last
  }
}
