import { db } from './client.ts'

/** How long a code links a chat, in minutes. */
const CODE_MINUTES = 10

/** Keeps a person's new code, by its hash; one that was made before holds no longer. */
export async function replaceTelegramCode(userId: string, hash: string): Promise<Date> {
  const expiresAt = new Date(Date.now() + CODE_MINUTES * 60_000)
  await db().$transaction([
    db().telegramCode.deleteMany({ where: { userId } }),
    db().telegramCode.create({ data: { hash, userId, expiresAt } }),
  ])
  return expiresAt
}

interface ChatToLink {
  chatId: bigint
  title: string
}

/**
 * Uses a code up and links a chat to whoever made it, whoever it was linked to before. In one statement: two chats that
 * send the same code are not both linked.
 *
 * @returns whose it is; NULL when the code is not known, was used or ran out, or its owner was disabled
 */
export async function linkTelegramChat(
  hash: string,
  { chatId, title }: ChatToLink,
): Promise<{ id: string; name: string; email: string } | null> {
  const [row] = await db().$queryRaw<{ id: string; name: string; email: string }[]>`
    WITH used AS (
      DELETE FROM telegram_code WHERE hash = ${hash} RETURNING "userId", "expiresAt"
    ), owner AS (
      SELECT u.id, u.name, u.email FROM used JOIN "user" u ON u.id = used."userId"
      WHERE used."expiresAt" > clock_timestamp() AND u."disabledAt" IS NULL
    ), linked AS (
      INSERT INTO telegram_chat (id, "userId", title) SELECT ${chatId}, owner.id, ${title} FROM owner
      ON CONFLICT (id) DO UPDATE SET "userId" = EXCLUDED."userId", title = EXCLUDED.title, "linkedAt" = now(),
        "conversationId" = NULL, persona = NULL, intensity = NULL, model = NULL
      RETURNING "userId"
    )
    SELECT owner.id, owner.name, owner.email FROM linked JOIN owner ON owner.id = linked."userId"`
  return row ?? null
}
