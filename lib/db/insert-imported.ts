import { v7 as uuidv7 } from 'uuid'
import type { ImportEntry } from '#lib/chat/import-report.ts'
import type { ImportedFolder } from '#lib/chat/imported-conversation.ts'
import { MAX_FOLDERS } from '#lib/chat/limits.ts'
import type { PlacedConversation } from '#lib/chat/place-imported.ts'
import { db } from './client.ts'
import type { Prisma } from './generated/client.ts'

/** How much goes in one statement, which must end within its time (10 s), in UTF-16 units. */
const BATCH_LENGTH = 1_000_000
/** The whole of a long conversation. */
const TRANSACTION_MS = 60_000
const MAX_WAIT_MS = 5_000

/** A conversation with what its texts count. */
export interface CountedConversation extends Omit<PlacedConversation, 'messages' | 'summaries'> {
  messages: (PlacedConversation['messages'][number] & { tokens: number })[]
  summaries: (PlacedConversation['summaries'][number] & { tokens: number })[]
}

/** What is noted of a conversation beside its outcome, and how far the reading has come with it. */
export interface ImportNote extends Pick<ImportEntry, 'position' | 'source' | 'leftOut'> {
  importId: string
  progress: number
}

/**
 * Stores a conversation with its entry, whole or not at all, unless it is here already: then the entry says so.
 *
 * @returns what became of it; NULL: the import is gone, and nothing was stored
 */
export async function insertImported(
  userId: string,
  conversation: CountedConversation,
  note: ImportNote,
): Promise<ImportEntry['outcome'] | null> {
  return db()
    .$transaction(
      async (transaction) => {
        const [here] = await transaction.$queryRaw<{ id: string; isDeleted: boolean }[]>`
        SELECT id, "deletedAt" IS NOT NULL AS "isDeleted" FROM conversation
        WHERE "userId" = ${userId}::uuid AND id = ANY(${conversation.knownIds}::uuid[])
        ORDER BY "deletedAt" IS NOT NULL LIMIT 1`
        const outcome = here ? (here.isDeleted ? 'in_trash' : 'here') : 'imported'
        if (!here) await insertConversation(transaction, userId, conversation)
        const isNoted = await insertEntry(transaction, {
          ...{ ...note, outcome, title: conversation.title, messages: conversation.messages.length },
          conversationId: here ? here.id : conversation.id,
        })
        if (!isNoted) throw new ImportGone()
        return outcome
      },
      { maxWait: MAX_WAIT_MS, timeout: TRANSACTION_MS },
    )
    .catch((error: unknown) => {
      if (error instanceof ImportGone) return null
      throw error
    })
}

/** Rolls back what was stored for an import that was called off. */
class ImportGone extends Error {}

/** Notes what became of a conversation of which nothing is stored. Returns false when the import is gone. */
export async function noteSkipped(
  note: ImportNote & Pick<ImportEntry, 'outcome' | 'title'>,
): Promise<boolean> {
  return insertEntry(db(), { ...note, messages: 0, conversationId: null })
}

async function insertEntry(
  client: Prisma.TransactionClient,
  {
    importId,
    position,
    outcome,
    source,
    title,
    messages,
    leftOut,
    conversationId,
    progress,
  }: ImportNote & ImportEntry,
): Promise<boolean> {
  const count = await client.$executeRaw`
    WITH target AS (
      UPDATE import SET progress = ${progress}::float, attempts = 0
      WHERE id = ${importId}::uuid AND status = 'running' RETURNING id
    )
    INSERT INTO import_entry ("importId", position, outcome, source, title, messages, "leftOut", "conversationId")
    SELECT id, ${position}::int, ${outcome}, ${source}, ${title}, ${messages}::int, ${JSON.stringify(leftOut)}::jsonb,
      ${conversationId}::uuid FROM target`
  return count === 1
}

/** Pages that are open follow changes of now: these are of another time, so they are marked as of then. */
async function insertConversation(
  client: Prisma.TransactionClient,
  userId: string,
  conversation: CountedConversation,
): Promise<void> {
  const { id, title, titleSource, persona, intensity, model, activeLeafId } = conversation
  const { createdAt, lastActivityAt, pinnedAt, archivedAt, messages, generations, summaries } = conversation
  const folderId = conversation.folder && (await folderOf(client, userId, conversation.folder))
  await client.$executeRaw`
    INSERT INTO conversation (id, "userId", title, "titleSource", persona, intensity, model, "activeLeafId",
      "createdAt", "lastActivityAt", "changedAt", "pinnedAt", "archivedAt", "folderId")
    VALUES (${id}::uuid, ${userId}::uuid, ${title}, ${titleSource}::"TitleSource", ${persona}, ${intensity}::"Intensity",
      ${model}, ${activeLeafId}::uuid, ${createdAt}::timestamptz, ${lastActivityAt}::timestamptz,
      ${lastActivityAt}::timestamptz, ${pinnedAt}::timestamptz, ${archivedAt}::timestamptz,
      ${folderId}::uuid)`
  for (const rows of batches(messages)) {
    await client.$executeRaw`
      INSERT INTO message (id, "conversationId", "parentId", role, text, tokens, "createdAt", "clearedAt")
      SELECT id, ${id}::uuid, "parentId", role, text, tokens, "createdAt", "clearedAt" FROM jsonb_to_recordset(${rows}::jsonb) AS row(
        id uuid, "parentId" uuid, role "MessageRole", text text, tokens int, "createdAt" timestamptz, "clearedAt" timestamptz)`
  }
  for (const rows of batches(generations)) {
    await client.$executeRaw`
      INSERT INTO generation (id, "messageId", "conversationId", status, "errorCode", provider, model, "fallbackFrom", persona,
        intensity, "promptHash", ledger, calls, "inputTokens", "outputTokens", "cachedInputTokens", "reasoningTokens",
        "timeToFirstTokenMs", "latencyMs", cost, "startedAt", "finishedAt", "heartbeatAt")
      SELECT id, "messageId", ${id}::uuid, status, "errorCode", provider, model, "fallbackFrom", persona, intensity, "promptHash",
        ledger, calls, "inputTokens", "outputTokens", "cachedInputTokens", "reasoningTokens", "timeToFirstTokenMs", "latencyMs",
        cost, "startedAt", "finishedAt", "startedAt"
      FROM jsonb_to_recordset(${rows}::jsonb) AS row(
        id uuid, "messageId" uuid, status "GenerationStatus", "errorCode" text, provider text, model text, "fallbackFrom" text,
        persona text, intensity "Intensity", "promptHash" text, ledger jsonb, calls jsonb, "inputTokens" int, "outputTokens" int,
        "cachedInputTokens" int, "reasoningTokens" int, "timeToFirstTokenMs" int, "latencyMs" int, cost bigint,
        "startedAt" timestamptz, "finishedAt" timestamptz)`
  }
  // At once, since a version may go back to any other.
  if (summaries.length === 0) return
  await client.$executeRaw`
    INSERT INTO summary (id, "conversationId", version, "throughMessageId", "startsAfterId", text, tokens, author, "basedOnId",
      "restoredFromId", "fromMessageId", "foldedMessages", provider, model, "createdAt")
    SELECT id, ${id}::uuid, version, "throughMessageId", "startsAfterId", text, tokens, author, "basedOnId", "restoredFromId",
      "fromMessageId", "foldedMessages", provider, model, "createdAt"
    FROM jsonb_to_recordset(${JSON.stringify(summaries)}::jsonb) AS row(
      id uuid, version int, "throughMessageId" uuid, "startsAfterId" uuid, text text, tokens int, author "SummaryAuthor",
      "basedOnId" uuid, "restoredFromId" uuid, "fromMessageId" uuid, "foldedMessages" int, provider text, model text,
      "createdAt" timestamptz)`
}

/** The person's folder of this name, made if there is none; NULL when they have as many as they may. */
async function folderOf(
  client: Prisma.TransactionClient,
  userId: string,
  { name, persona, instructions }: ImportedFolder,
): Promise<string | null> {
  const [folder] = await client.$queryRaw<{ id: string }[]>`
    WITH found AS (
      SELECT id FROM folder WHERE "userId" = ${userId}::uuid AND name = ${name} ORDER BY position, id LIMIT 1
    ), made AS (
      INSERT INTO folder (id, "userId", name, persona, instructions, position)
      SELECT ${uuidv7()}::uuid, ${userId}::uuid, ${name}, ${persona}, ${instructions}, coalesce(max(position) + 1, 0)
      FROM folder WHERE "userId" = ${userId}::uuid HAVING count(*) < ${MAX_FOLDERS} AND NOT EXISTS (SELECT 1 FROM found)
      RETURNING id
    )
    SELECT id FROM found UNION ALL SELECT id FROM made`
  return folder?.id ?? null
}

/** Rows as JSON arrays of bounded size, in their order: a message comes after the one that it follows. */
function* batches(rows: object[]): Generator<string> {
  let batch: string[] = []
  let length = 0
  for (const row of rows) {
    const text = JSON.stringify(row)
    batch.push(text)
    length += text.length
    if (length < BATCH_LENGTH) continue
    yield `[${batch.join(',')}]`
    batch = []
    length = 0
  }
  if (batch.length > 0) yield `[${batch.join(',')}]`
}
