import { v7 as uuidv7 } from 'uuid'
import { isImportFault } from '#lib/chat/import-faults.ts'
import type {
  ImportEntry,
  ImportOutcome,
  ImportReport,
  ImportState,
  ImportStatus,
  OtherFiles,
} from '#lib/chat/import-report.ts'
import { db } from './client.ts'

const ENTRIES_PAGE = 500

interface ImportRow extends Omit<ImportState, 'fault' | 'pieces' | 'counts' | 'createdAt'> {
  fault: string | null
  pieces: number[] | null
  counts: ImportState['counts'] | null
  createdAt: Date
}

interface NewImport {
  fileName: string
  /** In bytes. */
  size: number
  /** NULL: not told. */
  modifiedAt: Date | null
}

/**
 * Begins to take a file, or goes on with the one of the same name, size and time whose pieces are not all here; any other
 * that waits for its pieces is dropped.
 *
 * @returns NULL when another file of the person's is being worked on
 */
export async function openImport(
  userId: string,
  { fileName, size, modifiedAt }: NewImport,
): Promise<ImportState | null> {
  await db().$executeRaw`
    DELETE FROM import WHERE "userId" = ${userId}::uuid AND status = 'uploading'
      AND ("fileName", size, "modifiedAt") IS DISTINCT FROM (${fileName}, ${size}::int, ${modifiedAt}::timestamptz)`
  await db().$executeRaw`
    INSERT INTO import (id, "userId", "fileName", size, "modifiedAt")
    VALUES (${uuidv7()}::uuid, ${userId}::uuid, ${fileName}, ${size}::int, ${modifiedAt}::timestamptz)
    ON CONFLICT DO NOTHING`
  const open = await findImport(userId, null)
  return open?.status === 'uploading' ? open : null
}

/** An import of the person's; the newest one when no id is given; NULL: there is none. */
export async function findImport(userId: string, importId: string | null): Promise<ImportState | null> {
  const [row] = await db().$queryRaw<ImportRow[]>`
    SELECT i.id, i."fileName", i.size, i.status, i.fault, i.progress, i."leftOut" AS "otherFiles", i."createdAt",
      CASE WHEN i.status = 'uploading' THEN
        (SELECT json_agg(p.index ORDER BY p.index) FROM import_piece p WHERE p."importId" = i.id) END AS pieces,
      (SELECT json_object_agg(outcome, count) FROM (
        SELECT outcome, count(*) FROM import_entry e WHERE e."importId" = i.id GROUP BY outcome) counted) AS counts
    FROM import i
    WHERE i."userId" = ${userId}::uuid AND (${importId}::uuid IS NULL OR i.id = ${importId}::uuid)
    ORDER BY i."createdAt" DESC, i.id DESC LIMIT 1`
  if (!row) return null
  const { fault, pieces, counts, createdAt, ...rest } = row
  return {
    ...rest,
    ...{ pieces: pieces ?? [], counts: counts ?? {}, createdAt: createdAt.toISOString() },
    fault: isImportFault(fault) ? fault : null,
  }
}

/** An import with a page of its entries, those that were skipped first asked for if so wanted; NULL: there is none. */
export async function readImportReport(
  userId: string,
  importId: string,
  { after, onlySkipped }: { after: number; onlySkipped: boolean },
): Promise<ImportReport | null> {
  const found = await findImport(userId, importId)
  if (!found) return null
  const rows = await db().importEntry.findMany({
    where: { importId, position: { gt: after }, ...(onlySkipped && { outcome: { not: 'imported' } }) },
    orderBy: { position: 'asc' },
    take: ENTRIES_PAGE + 1,
    omit: { importId: true },
  })
  const entries = rows.slice(0, ENTRIES_PAGE) as ImportEntry[]
  const last = entries.at(-1)
  return { import: found, entries, nextAfter: rows.length > ENTRIES_PAGE && last ? last.position : null }
}

/** Stores a piece, once. Returns false when the import is not the person's or waits for none any more. */
export async function insertImportPiece(
  userId: string,
  importId: string,
  index: number,
  data: Uint8Array,
): Promise<boolean> {
  const count = await db().$executeRaw`
    INSERT INTO import_piece ("importId", index, data)
    SELECT id, ${index}::int, ${data} FROM import
    WHERE id = ${importId}::uuid AND "userId" = ${userId}::uuid AND status = 'uploading'
    -- Sent again, it counts again.
    ON CONFLICT ("importId", index) DO UPDATE SET index = excluded.index`
  return count === 1
}

/** Lets the work begin when all pieces are here. Returns false while some are missing, and when it has begun. */
export async function queueImport(importId: string, pieces: number): Promise<boolean> {
  const count = await db().$executeRaw`
    UPDATE import SET status = 'queued' WHERE id = ${importId}::uuid AND status = 'uploading'
      AND (SELECT count(*) FROM import_piece p WHERE p."importId" = import.id) = ${pieces}::int`
  return count === 1
}

/** The bytes of a piece. */
export async function readImportPiece(importId: string, index: number): Promise<Uint8Array | null> {
  const row = await db().importPiece.findUnique({
    where: { importId_index: { importId, index } },
    select: { data: true },
  })
  return row?.data ?? null
}

/**
 * Takes up the work on an import, from the beginning or where it was left. Each time is counted before anything is read,
 * since a file may end the server that reads it.
 *
 * @returns NULL: there is nothing to do any more
 */
export async function takeImport(
  importId: string,
): Promise<{ userId: string; size: number; attempts: number; entries: number } | null> {
  const [row] = await db().$queryRaw<{ userId: string; size: number; attempts: number; entries: number }[]>`
    UPDATE import SET status = 'running', attempts = attempts + 1
    WHERE id = ${importId}::uuid AND status IN ('queued', 'running')
    RETURNING "userId", size, attempts,
      (SELECT count(*)::int FROM import_entry e WHERE e."importId" = import.id) AS entries`
  return row ?? null
}

/** Ends the work on an import; its pieces go. */
export async function endImport(
  importId: string,
  end: { status: ImportStatus; fault: string | null; otherFiles: OtherFiles | null },
): Promise<void> {
  await db().$transaction([
    db().$executeRaw`
      UPDATE import SET status = ${end.status}::"ImportStatus", fault = ${end.fault}, "finishedAt" = clock_timestamp(),
        progress = CASE WHEN ${end.status === 'done'} THEN 1 ELSE progress END,
        "leftOut" = coalesce(${end.otherFiles && JSON.stringify(end.otherFiles)}::jsonb, "leftOut")
      WHERE id = ${importId}::uuid AND status IN ('queued', 'running')`,
    db().importPiece.deleteMany({ where: { importId } }),
  ])
}

/** How many conversations of an import had each outcome. */
export async function countImportOutcomes(importId: string): Promise<Partial<Record<ImportOutcome, number>>> {
  const rows = await db().importEntry.groupBy({ by: ['outcome'], where: { importId }, _count: true })
  return Object.fromEntries(rows.map(({ outcome, _count }) => [outcome, _count]))
}

/** Calls an import off, or forgets what became of it; what came stays. Returns false when there was none. */
export async function deleteImport(userId: string, importId: string): Promise<boolean> {
  const { count } = await db().import.deleteMany({ where: { id: importId, userId } })
  return count === 1
}

/** Imports whose work may have been lost with the server that should have asked for it. */
export async function findLostImports(): Promise<string[]> {
  const rows = await db().import.findMany({
    where: { status: { in: ['queued', 'running'] } },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Deletes files whose pieces have not all come within a day, and reports that are old. */
export async function deleteOldImports(days: number): Promise<number> {
  return db().$executeRaw`
    DELETE FROM import WHERE (status = 'uploading' AND "createdAt" < now() - interval '1 day')
      OR "finishedAt" < now() - make_interval(days => ${days}::int)`
}

/** Keeps texts that the ledgers of what was imported name, under the hashes that they have there. */
export async function insertImportedTexts(
  userId: string,
  texts: { hash: string; text: string }[],
): Promise<void> {
  await db().promptText.createMany({
    data: texts.map((text) => ({ ...text, userId })),
    skipDuplicates: true,
  })
}
