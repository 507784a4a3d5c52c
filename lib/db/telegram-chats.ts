import type { LinkedChat } from '#lib/chat/telegram-link.ts'
import type { Intensity } from '#lib/chat/types.ts'
import { db } from './client.ts'

/** A chat of Telegram that is linked to an account, with the conversation that goes on in it. */
export interface TelegramChat {
  id: bigint
  userId: string
  /** NULL: the next message begins one. */
  conversationId: string | null
  /** What its next conversation begins with; NULL: as the person prefers. */
  persona: string | null
  intensity: Intensity | null
  model: string | null
}

/** The linked chat; NULL when it is linked to nobody, or to somebody who was disabled. A deleted conversation is none. */
export async function findTelegramChat(id: bigint): Promise<TelegramChat | null> {
  const row = await db().telegramChat.findFirst({
    where: { id, user: { disabledAt: null } },
    select: {
      ...{ id: true, userId: true, persona: true, intensity: true, model: true, conversationId: true },
      conversation: { select: { deletedAt: true } },
    },
  })
  if (!row) return null
  const { conversation, conversationId, ...chat } = row
  return { ...chat, conversationId: conversation?.deletedAt === null ? conversationId : null }
}

/** Changes what a linked chat goes on with. Nothing happens to one that was unlinked, or linked to another, meanwhile. */
export async function updateTelegramChat(
  { id, userId }: Pick<TelegramChat, 'id' | 'userId'>,
  change: Partial<Pick<TelegramChat, 'conversationId' | 'persona' | 'intensity' | 'model'>>,
): Promise<void> {
  await db().telegramChat.updateMany({ where: { id, userId }, data: change })
}

/** A person's linked chats, the newest link first. */
export async function listTelegramChats(userId: string): Promise<LinkedChat[]> {
  const rows = await db().telegramChat.findMany({
    where: { userId },
    select: { id: true, title: true, linkedAt: true },
    orderBy: { linkedAt: 'desc' },
  })
  return rows.map(({ id, title, linkedAt }) => ({
    ...{ id: String(id), title },
    linkedAt: linkedAt.toISOString(),
  }))
}

/** What the chat was called that is linked no longer; NULL when it was not linked to this person. */
export async function unlinkTelegramChat(userId: string, id: bigint): Promise<string | null> {
  const [row] = await db().$queryRaw<{ title: string }[]>`
    DELETE FROM telegram_chat WHERE id = ${id} AND "userId" = ${userId}::uuid RETURNING title`
  return row?.title ?? null
}
