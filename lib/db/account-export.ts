import { db } from './client.ts'
import type { ExportedRow } from './conversation-export.ts'

/** How many rows are held at a time. */
const USAGE_PAGE = 1_000
const SHARES_PAGE = 20

/** What is kept of a person themselves; NULL when the account is gone. */
export async function exportProfile(userId: string): Promise<ExportedRow | null> {
  const rows = await db().$queryRaw<{ row: ExportedRow }[]>`
    SELECT to_jsonb(u) - '{passwordHash,sessionVersion}'::text[] || jsonb_build_object(
      'hasPassword', u."passwordHash" IS NOT NULL,
      'folders', (SELECT coalesce(jsonb_agg(to_jsonb(f) - 'userId' ORDER BY f.position), '[]') FROM folder f WHERE f."userId" = u.id),
      'accounts', (SELECT coalesce(jsonb_agg(to_jsonb(a) - 'userId'), '[]') FROM account a WHERE a."userId" = u.id)) AS row
    FROM "user" u WHERE id = ${userId}::uuid`
  return rows[0]?.row ?? null
}

/** A page of the copies that a person shares. Without their secrets: a file that lies about is no way to them. */
export async function exportShares(userId: string, after: string | null): Promise<ExportedRow[]> {
  const rows = await db().$queryRaw<{ row: ExportedRow }[]>`
    SELECT to_jsonb(s) - '{userId,secret}'::text[] AS row FROM share s
    WHERE s."userId" = ${userId}::uuid AND (${after}::uuid IS NULL OR s.id > ${after}::uuid)
    ORDER BY s.id LIMIT ${SHARES_PAGE}`
  return rows.map(({ row }) => row)
}

/** A page of what a person has used. */
export async function exportUsageEvents(userId: string, after: string | null): Promise<ExportedRow[]> {
  const rows = await db().$queryRaw<{ row: ExportedRow }[]>`
    SELECT to_jsonb(e) - 'userId' AS row FROM usage_event e
    WHERE e."userId" = ${userId}::uuid AND (${after}::uuid IS NULL OR e.id > ${after}::uuid)
    ORDER BY e.id LIMIT ${USAGE_PAGE}`
  return rows.map(({ row }) => row)
}

/** The texts that ledgers name by hash: those of the library among `hashes`, and the person's own. */
export async function exportPromptTexts(
  userId: string,
  hashes: string[],
  { withAllOwn }: { withAllOwn: boolean },
): Promise<{ hash: string; text: string }[]> {
  const named = { hash: { in: hashes } }
  return db().promptText.findMany({
    where: { OR: [withAllOwn ? { userId } : { userId, ...named }, { userId: null, ...named }] },
    orderBy: { hash: 'asc' },
    select: { hash: true, text: true },
  })
}
