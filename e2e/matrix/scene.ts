import { randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { Pool } from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { hashPassword } from '#lib/auth/password.ts'
import { makeSecret } from '#lib/auth/secret-token.ts'
import { findFreePort } from '#scripts/database/free-port.ts'
import { startStoa } from '#scripts/test/start-stoa.ts'
import { startScriptedProvider } from '../provider/scripted-provider.ts'

/** Signs the sessions of the matrix: no password has to be hashed for them. */
export const AUTH_SECRET = 'a secret of the matrix, which keeps nothing'
const SESSION_COOKIE = 'stoa.session-token'
const SECURE_SESSION_COOKIE = `__Host-${SESSION_COOKIE}`

export const TELEGRAM_SECRET = 'a-secret-of-the-matrix-which-keeps-nothing'

export const METRICS_TOKEN = 'a-metrics-token-of-the-matrix-which-keeps-nothing'

/** Stands in everything that the owner has; nothing that somebody else is answered may hold it. */
export const OWNERS_WORD = 'zzowner'
export const OWNERS_PASSWORD = 'a quiet colonnade'

export interface Someone {
  id: string
  email: string
  /** The header `cookie` of a session. */
  cookie: string
  /** The same over HTTPS. */
  secureCookie: string
}

/** One Stoa with a few people in it, and the ids of what the first of them has. */
export interface Scene {
  origin: string
  owner: Someone
  other: Someone
  disabled: Someone
  administrator: Someone
  tokens: Record<'read' | 'write' | 'revoked' | 'expired' | 'disabled', string>
  /** In the place of a route's parameters. */
  ids: Record<string, string>
  /** All that the server printed so far. */
  output: () => string
  addPerson: (options?: PersonOptions) => Promise<Someone>
  /** All rows that lead to somebody (the owner), and those that belong to nobody, as text: equal when nothing changed. */
  snapshot: (of?: Someone) => Promise<string>
  [Symbol.asyncDispose]: () => Promise<void>
}

/** @param env what the server's configuration has beyond the usual */
export async function startScene(env: Record<string, string> = {}): Promise<Scene> {
  const provider = await startScriptedProvider()
  let output = ''
  const stoa = await startStoa({
    onOutput: (text) => {
      output += text
    },
    port: await findFreePort('127.0.0.1'),
    env: {
      AUTH_SECRET,
      METRICS_TOKEN,
      TELEGRAM_BOT_TOKEN: '1:nobody-is-asked',
      TELEGRAM_WEBHOOK_SECRET: TELEGRAM_SECRET,
      // A port that is never open.
      TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
      OPENAI_BASE_URL: provider.url,
      OPENAI_API_KEY: 'test-key',
      OPENAI_MODEL: 'scripted-main',
      OPENAI_UTILITY_MODEL: 'scripted-utility',
      REGISTRATION: 'open',
      RATE_LIMIT_PER_MINUTE: '100000',
      LOG_LEVEL: 'silent',
      ...env,
    },
  })
  const pool = new Pool({ connectionString: stoa.databaseUrl, max: 2 })
  const administrator = await addPerson(pool, { role: 'administrator' })
  const owner = await addPerson(pool, { word: OWNERS_WORD })
  const other = await addPerson(pool)
  const disabled = await addPerson(pool, { disabledAt: new Date() })
  const tokens = {
    read: await addToken(pool, owner, { scope: 'read' }),
    write: await addToken(pool, owner),
    revoked: await addToken(pool, owner, { revokedAt: new Date() }),
    expired: await addToken(pool, owner, { expiresAt: new Date(0) }),
    disabled: await addToken(pool, disabled),
  }
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM api_token WHERE "userId" = $1 AND scope = 'read'`,
    [owner.id],
  )
  const ids: Scene['ids'] = {
    ...(await converse(stoa.url, owner, pool)),
    tokenId: rows[0]?.id ?? '',
    shareId: uuidv7(),
    asset: 'page.js',
    importId: uuidv7(),
    piece: '0',
    model: 'stoic',
  }
  await pool.query(`INSERT INTO telegram_chat (id, "userId", title) VALUES ($1, $2, $3)`, [
    ...[ids.chatId, owner.id, OWNERS_WORD],
  ])
  await pool.query(`INSERT INTO folder (id, "userId", name, position) VALUES ($1, $2, $3, 0)`, [
    ...[ids.folderId, owner.id, OWNERS_WORD],
  ])
  await pool.query(
    `INSERT INTO share (id, "userId", "conversationId", secret, title, messages, "copiedAt") VALUES ($1, $2, $3, $4, $5, '[]', now())`,
    [ids.shareId, owner.id, ids.conversationId, makeSecret().secret, OWNERS_WORD],
  )
  await pool.query(
    `INSERT INTO import (id, "userId", "fileName", size, status) VALUES ($1, $2, $3, 1, 'done')`,
    [ids.importId, owner.id, OWNERS_WORD],
  )
  return {
    ...{ origin: stoa.url, owner, other, disabled, administrator, tokens, ids },
    output: () => output,
    addPerson: (options) => addPerson(pool, options),
    snapshot: ({ id } = owner) => snapshotOf(pool, id),
    async [Symbol.asyncDispose]() {
      await pool.end()
      await stoa.stop()
      await provider.stop()
    },
  }
}

interface PersonOptions {
  role?: 'administrator' | 'member'
  word?: string
  disabledAt?: Date
}

async function addPerson(pool: Pool, options: PersonOptions = {}): Promise<Someone> {
  const { role = 'member', word = 'zzsomeone', disabledAt = null } = options
  const id = uuidv7()
  const email = `${word}-${randomUUID().slice(0, 8)}@example.test`
  await pool.query(
    `INSERT INTO "user" (id, email, name, "passwordHash", role, "disabledAt", "aboutYou") VALUES ($1, $2, $3, $4, $5, $6, $3)`,
    [id, email, word, await hashPassword(OWNERS_PASSWORD), role, disabledAt],
  )
  const [cookie, secureCookie] = await Promise.all([
    sessionOf(id, SESSION_COOKIE),
    sessionOf(id, SECURE_SESSION_COOKIE),
  ])
  return { id, email, cookie, secureCookie }
}

async function sessionOf(id: string, cookie: string): Promise<string> {
  const token = { sub: id, sessionVersion: 0 }
  return `${cookie}=${await encode({ token, secret: AUTH_SECRET, salt: cookie })}`
}

interface TokenOptions {
  scope?: 'read' | 'write'
  revokedAt?: Date
  expiresAt?: Date
}

async function addToken(pool: Pool, { id }: Someone, options: TokenOptions = {}): Promise<string> {
  const { scope = 'write', revokedAt = null, expiresAt = null } = options
  const { secret, hash } = makeSecret('stoa_')
  await pool.query(
    `INSERT INTO api_token (id, "userId", name, scope, hash, "revokedAt", "expiresAt") VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [uuidv7(), id, `${OWNERS_WORD} ${scope}`, scope, hash, revokedAt, expiresAt],
  )
  return secret
}

/** A finished turn of the owner's, over HTTP; ends when its title is there, so that nothing changes by itself any more. */
async function converse(origin: string, owner: Someone, pool: Pool): Promise<Scene['ids']> {
  const conversationId = uuidv7()
  const questionId = uuidv7()
  const response = await fetch(`${origin}/api/chat`, {
    method: 'POST',
    headers: { origin, cookie: owner.cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ conversationId, parentId: null, message: { id: questionId, text: OWNERS_WORD } }),
  })
  if (!response.ok) throw new Error(`The owner's turn answered ${response.status}: ${await response.text()}`)
  await response.text()
  const answerId = await untilTitled(pool, conversationId)
  return {
    conversationId,
    messageId: answerId,
    questionId,
    userId: owner.id,
    version: '1',
    chatId: '1234567',
    folderId: uuidv7(),
    nextauth: 'session',
  }
}

async function untilTitled(pool: Pool, conversationId: string): Promise<string> {
  for (;;) {
    const { rows } = await pool.query<{ titleSource: string; activeLeafId: string }>(
      `SELECT "titleSource", "activeLeafId" FROM conversation WHERE id = $1 AND "titleSource" = 'generated'`,
      [conversationId],
    )
    if (rows[0]) return rows[0].activeLeafId
  }
}

/** What changes by being asked, or tells of what was refused. */
const NOT_COMPARED = [
  'rate_limit',
  'audit_event',
  'telegram_update',
  'token_ratio',
  'prompt_text',
  '_prisma_migrations',
]

async function snapshotOf(pool: Pool, ownerId: string): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string; columns: string[] }>(
    `SELECT table_name AS name, array_agg(column_name::text) AS columns FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name <> ALL($1) GROUP BY table_name ORDER BY table_name`,
    [NOT_COMPARED],
  )
  const contents: string[] = []
  for (const { name, columns } of tables) {
    const { rows } = await pool.query<{ row: string }>(
      `SELECT (to_jsonb(t) - 'lastUsedAt')::text AS row FROM "${name}" t WHERE $1::uuid IS NOT NULL AND ${ownedBy(name, columns)} ORDER BY 1`,
      [ownerId],
    )
    contents.push(`${name}:`, ...rows.map(({ row }) => row))
  }
  return contents.join('\n')
}

function ownedBy(table: string, columns: string[]): string {
  if (table === 'user') return 'id = $1'
  if (columns.includes('userId')) return '"userId" = $1'
  const conversations = 'SELECT id FROM conversation WHERE "userId" = $1'
  if (columns.includes('conversationId')) return `"conversationId" IN (${conversations})`
  if (columns.includes('generationId'))
    return `"generationId" IN (SELECT id FROM generation WHERE "conversationId" IN (${conversations}))`
  return 'true'
}
