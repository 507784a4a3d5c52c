import type { Conversation, ConversationListItem, Intensity, TitleSource } from '#lib/chat/types.ts'
import { Prisma } from './generated/client.ts'

/** A conversation as `conversationColumns` reads it. */
export interface ConversationRow {
  id: string
  title: string
  titleSource: TitleSource
  persona: string
  intensity: Intensity | null
  model: string | null
  activeLeafId: string | null
  createdAt: Date
  lastActivityAt: Date
  deletedAt: Date | null
  temporary: boolean
  pinned: boolean
  archived: boolean
  folderId: string | null
  running: boolean
}

/** Of a conversation that the statement calls `c`. */
export const conversationColumns = Prisma.sql`
  c.id, c.title, c."titleSource", c.persona, c.intensity, c.model, c."activeLeafId", c."createdAt", c."lastActivityAt",
  c."deletedAt", c.temporary, c."pinnedAt" IS NOT NULL AS pinned, c."archivedAt" IS NOT NULL AS archived, c."folderId",
  EXISTS (SELECT 1 FROM generation g WHERE g."conversationId" = c.id AND g.status = 'streaming') AS running`

export function toListItem(row: ConversationRow): ConversationListItem {
  return {
    id: row.id,
    title: row.title,
    titleSource: row.titleSource,
    lastActivityAt: row.lastActivityAt.toISOString(),
    running: row.running,
    pinned: row.pinned,
    archived: row.archived,
    folderId: row.folderId,
  }
}

export function toConversation(row: ConversationRow): Conversation {
  return {
    ...toListItem(row),
    persona: row.persona,
    intensity: row.intensity,
    model: row.model,
    activeLeafId: row.activeLeafId,
    createdAt: row.createdAt.toISOString(),
    ...(row.temporary && { isTemporary: true }),
    ...(row.deletedAt && { deletedAt: row.deletedAt.toISOString() }),
  }
}
