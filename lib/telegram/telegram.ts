import type { Api } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import type { Queues } from './in-turn.ts'

/** The bot of this process. */
export interface Telegram {
  api: Api
  /** Who the bot is; known once Telegram was reached. */
  me: Promise<UserFromGetMe>
  /** Its name, as soon as that is known. */
  username: string | null
  /** How Telegram's updates come here. */
  mode: 'webhook' | 'polling'
  /** The updates that are being answered here. */
  answering: Map<bigint, Promise<void>>
  /** Every message is looked at in its turn, and commands are done in it. */
  looking: Queues
  /** What is put to a model waits here for the answers before it, so that a command need not. */
  asking: Queues
  /** Aborted when the server stops: nothing new is taken, nothing is waited for. */
  stopping: AbortController
}

const shared = globalThis as typeof globalThis & { stoaTelegram?: Telegram }

/** The bot of this process; undefined when none is configured. Next loads modules once per layer, and the bot exists once. */
export function currentTelegram(): Telegram | undefined {
  return shared.stoaTelegram
}

export function setTelegram(telegram: Telegram): void {
  shared.stoaTelegram = telegram
}

/** The server stops before this update is answered: whoever starts next goes on with it. */
export class LeftForLater extends Error {
  override readonly name = 'LeftForLater'
}
