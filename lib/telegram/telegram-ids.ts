import { v5 as uuidv5 } from 'uuid'

/** Of all ids that are made here; chosen once, by chance. */
const NAMESPACE = '6f2f0f3e-5f0b-4c52-9d3c-2f8f4e1f7a90'

export interface TelegramIds {
  /** Of the conversation, where the update begins one. */
  conversationId: string
  messageId: string
  /** Of the run that goes on with an answer which broke off with its server. */
  continuationId: string
  /** Of the answer in the place of one which broke off before it began. */
  secondAnswerId: string
}

/** The ids of what an update makes: the same update makes the same ids, so that what it asks for is done once. */
export function telegramIds(chatId: bigint, updateId: bigint): TelegramIds {
  const idOf = (kind: string) => uuidv5(`${chatId}:${updateId}:${kind}`, NAMESPACE)
  return {
    ...{ conversationId: idOf('conversation'), messageId: idOf('message') },
    ...{ continuationId: idOf('continuation'), secondAnswerId: idOf('second-answer') },
  }
}
