import type { SearchFilters } from '#lib/chat/search.ts'
import { db } from './client.ts'
import { Prisma } from './generated/client.ts'

/** A conversation that was found, and when: its newest hit, or for a title its last activity. */
export interface SearchHit {
  conversationId: string
  at: Date
}

/** What is looked for, as queries over an index of words whose every word begins with a mark (lib/chat/search-terms.ts). */
export interface TermQuery {
  /** With the mark of the person's titles. */
  title: string
  /** With the mark of the person's messages and summaries. */
  text: string
  /** Without a mark, over what a row itself holds. */
  bare: string
}

export interface SearchScope {
  userId: string
  filters: SearchFilters
  /** Only what comes after it, newest first. */
  after: SearchHit | null
  limit: number
}

/** What marks a person's words in the index (`search_terms` in the migration). */
export function searchMarks(userId: string): { title: string; text: string } {
  const owner = userId.slice(-8)
  return { title: `${owner}t`, text: `${owner}m` }
}

const terms = Prisma.sql`search_terms(e."userId", e.kind = 'title', e.words)`

function conversationMatches({ userId, filters: { persona, pinned, archived } }: SearchScope): Prisma.Sql {
  return Prisma.sql`c."userId" = ${userId}::uuid AND c."deletedAt" IS NULL AND NOT c.temporary
    ${persona === undefined ? Prisma.empty : Prisma.sql`AND c.persona = ${persona}`}
    ${pinned === undefined ? Prisma.empty : Prisma.sql`AND (c."pinnedAt" IS NOT NULL) = ${pinned}`}
    ${archived === undefined ? Prisma.empty : Prisma.sql`AND (c."archivedAt" IS NOT NULL) = ${archived}`}`
}

function inTime({ from, to }: SearchFilters): Prisma.Sql {
  return Prisma.sql`
    ${from ? Prisma.sql`AND e.at >= ${from}` : Prisma.empty}
    ${to ? Prisma.sql`AND e.at < ${to}` : Prisma.empty}`
}

/** Conversations that were going on in the period. */
function duringTime({ from, to }: SearchFilters): Prisma.Sql {
  return Prisma.sql`
    ${from ? Prisma.sql`AND c."lastActivityAt" >= ${from}` : Prisma.empty}
    ${to ? Prisma.sql`AND c."createdAt" < ${to}` : Prisma.empty}`
}

function afterHit(at: Prisma.Sql, after: SearchHit | null): Prisma.Sql {
  return after ? Prisma.sql`(${at}, c.id) < (${after.at}, ${after.conversationId}::uuid)` : Prisma.sql`true`
}

/** Conversations by nothing but the filters, newest activity first. */
export async function findConversations(scope: SearchScope): Promise<SearchHit[]> {
  return db().$queryRaw<SearchHit[]>`
    SELECT c.id AS "conversationId", c."lastActivityAt" AS at FROM conversation c
    WHERE ${conversationMatches(scope)} ${duringTime(scope.filters)} AND ${afterHit(Prisma.sql`c."lastActivityAt"`, scope.after)}
    ORDER BY c."lastActivityAt" DESC, c.id DESC LIMIT ${scope.limit}`
}

/** What was looked for before, in titles and in texts: a conversation that has it was found then. */
interface Earlier {
  title?: TermQuery
  text?: TermQuery
}

/** Read once from the index: asked of each conversation by itself, PostgreSQL may read every row for it. */
function hasEarlier({ title, text }: Earlier, { userId, filters }: SearchScope): Prisma.Sql {
  const found = (query: string, when: Prisma.Sql) => Prisma.sql`
    c.id IN (SELECT e."conversationId" FROM search_entry e WHERE ${terms} @@ ${query}::tsquery AND e."userId" = ${userId}::uuid ${when})`
  return Prisma.sql`(
    ${title ? found(title.title, Prisma.empty) : Prisma.sql`false`}
    OR ${text ? found(text.text, inTime(filters)) : Prisma.sql`false`})`
}

/** Conversations by their titles, newest activity first. */
export async function findTitles(
  scope: SearchScope,
  query: TermQuery,
  earlier: Earlier = {},
): Promise<SearchHit[]> {
  const { userId, filters, after, limit } = scope
  return db().$queryRaw<SearchHit[]>`
    SELECT c.id AS "conversationId", c."lastActivityAt" AS at
    FROM search_entry e JOIN conversation c ON c.id = e."conversationId"
    WHERE ${terms} @@ ${query.title}::tsquery AND e."userId" = ${userId}::uuid
      AND ${conversationMatches(scope)} ${duringTime(filters)} AND ${afterHit(Prisma.sql`c."lastActivityAt"`, after)}
      AND NOT ${hasEarlier(earlier, scope)}
    ORDER BY c."lastActivityAt" DESC, c.id DESC LIMIT ${limit}`
}

/**
 * How many of the newest passages are looked through before the index is asked. What is said often fills a page from them
 * in milliseconds, where the index would first read every place it stands in; what does not is rare enough for the index.
 */
const NEWEST = 2_000

/** Conversations by what stands in them, newest hit first. */
export async function findTexts(
  scope: SearchScope,
  query: TermQuery,
  earlier: Earlier,
): Promise<SearchHit[]> {
  const hits = await db().$queryRaw<SearchHit[]>(textsStatement(scope, query, earlier, 'newest'))
  if (hits.length === scope.limit) return hits
  return db().$queryRaw<SearchHit[]>(textsStatement(scope, query, earlier, 'all'))
}

/** What `findTexts` asks, so that its plan can be looked at. */
export function textsStatement(
  scope: SearchScope,
  query: TermQuery,
  earlier: Earlier,
  among: 'newest' | 'all',
): Prisma.Sql {
  const hits = among === 'newest' ? amongNewest(scope, query) : amongAll(scope, query)
  return Prisma.sql`
    SELECT c.id AS "conversationId", hit.at FROM (${hits}) hit JOIN conversation c ON c.id = hit.id
    WHERE ${conversationMatches(scope)} AND ${afterHit(Prisma.sql`hit.at`, scope.after)}
      AND NOT ${hasEarlier(earlier, scope)}
    ORDER BY hit.at DESC, c.id DESC LIMIT ${scope.limit}`
}

function amongAll({ userId, filters }: SearchScope, query: TermQuery): Prisma.Sql {
  return Prisma.sql`
    SELECT e."conversationId" AS id, max(e.at) AS at FROM search_entry e
    WHERE ${terms} @@ ${query.text}::tsquery AND e."userId" = ${userId}::uuid ${inTime(filters)}
    GROUP BY e."conversationId"`
}

function amongNewest({ userId, filters, after }: SearchScope, query: TermQuery): Prisma.Sql {
  const notLater = after ? Prisma.sql`AND e.at <= ${after.at}` : Prisma.empty
  // Conversations of an earlier page have a later hit, which is not looked through again.
  const wasShown = after
    ? Prisma.sql`(SELECT true FROM search_entry e WHERE e."conversationId" = newest.id AND e.kind <> 'title'
        AND e.at > ${after.at} AND e.words @@ ${query.bare}::tsquery ${inTime(filters)} LIMIT 1)`
    : Prisma.sql`NULL::boolean`
  return Prisma.sql`
    SELECT * FROM (
      SELECT e."conversationId" AS id, max(e.at) AS at FROM (
        SELECT * FROM search_entry e
        WHERE e."userId" = ${userId}::uuid AND e.kind <> 'title' ${notLater} ${inTime(filters)}
        ORDER BY e.at DESC FETCH FIRST ${Prisma.raw(String(NEWEST))} ROWS WITH TIES
      ) e WHERE e.words @@ ${query.bare}::tsquery GROUP BY e."conversationId"
    ) newest WHERE ${wasShown} IS NULL`
}

/** Of each word those of the person's that look like it, the most alike first. */
export async function readSimilarWords(userId: string, words: string[]): Promise<Map<string, string[]>> {
  const rows = await db().$queryRaw<{ word: string; similar: string[] }[]>`
    SELECT word, ARRAY(SELECT search_similar(${userId}::uuid, word)) AS similar FROM unnest(${words}::text[]) AS word`
  return new Map(rows.map(({ word, similar }) => [word, similar]))
}

export interface FoundPassage {
  conversationId: string
  id: string
  kind: 'message' | 'summary'
  role: 'user' | 'assistant' | null
  /** Of an answer, as of its newest generation. */
  persona: string | null
  provider: string | null
  text: string
  at: Date
}

/** Of some conversations what is shown of them in a result. */
export async function readFoundConversations(conversationIds: string[]): Promise<FoundConversation[]> {
  return db().$queryRaw<FoundConversation[]>`
    SELECT c.id, c.title, c.persona, c."pinnedAt" IS NOT NULL AS pinned, c."archivedAt" IS NOT NULL AS archived, c."lastActivityAt"
    FROM conversation c WHERE c.id = ANY(${conversationIds}::uuid[])`
}

export interface FoundConversation {
  id: string
  title: string
  persona: string
  pinned: boolean
  archived: boolean
  lastActivityAt: Date
}

/** As much of a text as is indexed, in characters. */
const INDEXED_LENGTH = 100_000

/** The newest texts in each conversation that a query finds. */
export async function readFoundPassages(
  conversationIds: string[],
  query: TermQuery,
  filters: SearchFilters,
  perConversation: number,
): Promise<FoundPassage[]> {
  return db().$queryRaw<FoundPassage[]>`
    SELECT found."conversationId", found.id, found.kind, m.role, g.persona, g.provider, left(coalesce(m.text, s.text), ${INDEXED_LENGTH}) AS text, found.at
    FROM unnest(${conversationIds}::uuid[]) AS wanted(id), LATERAL (
      SELECT e.* FROM search_entry e
      WHERE e."conversationId" = wanted.id AND e.kind <> 'title' AND e.words @@ ${query.bare}::tsquery ${inTime(filters)}
      ORDER BY e.at DESC, e.id LIMIT ${perConversation}
    ) found LEFT JOIN message m ON m.id = found.id LEFT JOIN summary s ON s.id = found.id
    LEFT JOIN LATERAL (SELECT persona, provider FROM generation WHERE "messageId" = m.id ORDER BY "startedAt" DESC, id DESC LIMIT 1) g ON true
    ORDER BY found.at DESC, found.id`
}
