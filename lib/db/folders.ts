import { v7 as uuidv7 } from 'uuid'
import { MAX_FOLDERS } from '#lib/chat/limits.ts'
import type { Folder } from '#lib/chat/types.ts'
import { db } from './client.ts'
import { Prisma } from './generated/client.ts'

const columns = Prisma.sql`
  f.id, f.name, f.persona, f.instructions, f."isOpen", (
    SELECT count(*)::int FROM conversation c
    WHERE c."userId" = f."userId" AND c."folderId" = f.id AND c."deletedAt" IS NULL AND c."archivedAt" IS NULL
      AND c."pinnedAt" IS NULL AND NOT c.temporary) AS "conversationCount"`

/** The person's folders, in their order. */
export async function listFolders(userId: string): Promise<Folder[]> {
  return db().$queryRaw<Folder[]>`
    SELECT ${columns} FROM folder f WHERE f."userId" = ${userId}::uuid ORDER BY f.position, f.id`
}

/** One of the person's folders; NULL when it is missing or another's. */
export async function findFolder(userId: string, folderId: string): Promise<Folder | null> {
  const [folder] = await db().$queryRaw<Folder[]>`
    SELECT ${columns} FROM folder f WHERE f.id = ${folderId}::uuid AND f."userId" = ${userId}::uuid`
  return folder ?? null
}

/** Makes a folder, as the last one; NULL when the person has as many as they may. */
export async function insertFolder(
  userId: string,
  { name, persona, instructions }: Pick<Folder, 'name' | 'persona' | 'instructions'>,
): Promise<Folder | null> {
  const [folder] = await db().$queryRaw<Folder[]>`
    INSERT INTO folder AS f (id, "userId", name, persona, instructions, position)
    SELECT ${uuidv7()}::uuid, ${userId}::uuid, ${name}, ${persona}, ${instructions}, coalesce(max(position) + 1, 0)
    FROM folder WHERE "userId" = ${userId}::uuid HAVING count(*) < ${MAX_FOLDERS}
    RETURNING ${columns}`
  return folder ?? null
}

interface FolderChange {
  name?: string | undefined
  persona?: string | null | undefined
  instructions?: string | undefined
  isOpen?: boolean | undefined
  /** Where it is to stand among the person's folders, from 0; beyond the end: last. */
  position?: number | undefined
}

/** Changes what is given; NULL when it is missing or another's. */
export async function updateFolder(
  userId: string,
  folderId: string,
  change: FolderChange,
): Promise<Folder | null> {
  if (change.position !== undefined) await moveFolder(userId, folderId, change.position)
  const [folder] = await db().$queryRaw<Folder[]>`
    UPDATE folder f SET
      name = coalesce(${change.name ?? null}, name),
      persona = CASE WHEN ${change.persona !== undefined} THEN ${change.persona ?? null} ELSE persona END,
      instructions = coalesce(${change.instructions ?? null}, instructions),
      "isOpen" = coalesce(${change.isOpen ?? null}, "isOpen")
    WHERE f.id = ${folderId}::uuid AND f."userId" = ${userId}::uuid
    RETURNING ${columns}`
  return folder ?? null
}

async function moveFolder(userId: string, folderId: string, position: number): Promise<void> {
  await db().$executeRaw`
    WITH others AS (
      SELECT id, row_number() OVER (ORDER BY position, id) - 1 AS rank FROM folder
      WHERE "userId" = ${userId}::uuid AND id <> ${folderId}::uuid
    ), placed AS (
      SELECT id, rank + (rank >= ${position})::int AS position FROM others
      UNION ALL SELECT ${folderId}::uuid, least(${position}, (SELECT count(*) FROM others))
    )
    UPDATE folder f SET position = placed.position FROM placed WHERE f.id = placed.id AND f."userId" = ${userId}::uuid`
}

/** Deletes a folder; its conversations stay, in none. Returns false when it is missing or another's. */
export async function deleteFolder(userId: string, folderId: string): Promise<boolean> {
  const count = await db().$executeRaw`
    WITH freed AS (
      UPDATE conversation SET "folderId" = NULL, "changedAt" = clock_timestamp()
      WHERE "folderId" = ${folderId}::uuid AND "userId" = ${userId}::uuid
    )
    DELETE FROM folder WHERE id = ${folderId}::uuid AND "userId" = ${userId}::uuid`
  return count === 1
}
