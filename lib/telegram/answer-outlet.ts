import { setTimeout as wait } from 'node:timers/promises'
import type { Api } from 'grammy'
import type { Message } from 'grammy/types'
import { log } from '#lib/log.ts'
import type { AnswerPart } from './split-answer.ts'
import { describeCallError, isRefusal } from './telegram-api.ts'

/** A message is edited at most so often, in ms. */
const EDIT_MS = 1_000
/** Telegram shows "typing" for five seconds. */
const TYPING_MS = 4_500

const unreadable = /can't parse|unsupported start tag|unclosed|entities/i
const unchanged = /message is not modified/i
const lost = /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i

interface OutletOptions {
  api: Api
  /** What is answered. */
  message: Message
  /** The messages that an earlier beginning of this answer sent. */
  sentIds: number[]
  /** Keeps them for the next. */
  onSent(sentIds: number[]): Promise<void>
}

/** The messages in a chat of Telegram that one answer stands in, from "typing" to its end. */
export class AnswerOutlet {
  readonly #options: OutletOptions
  readonly #sentIds: number[]
  readonly #shown: string[] = []
  #editedAt = Number.NEGATIVE_INFINITY
  #typing: NodeJS.Timeout | undefined

  constructor(options: OutletOptions) {
    this.#options = options
    this.#sentIds = [...options.sentIds]
  }

  /** Says that an answer is on its way, until something of it is there or `rest` is called. */
  type(): void {
    this.#typing ??= setInterval(() => this.#sayTyping(), TYPING_MS)
    this.#sayTyping()
  }

  rest(): void {
    clearInterval(this.#typing)
    this.#typing = undefined
  }

  /** Waits until a message may be edited again. */
  async paced(): Promise<void> {
    const rest = this.#editedAt + EDIT_MS - performance.now()
    if (rest > 0) await wait(rest)
  }

  /** Brings the chat to show these parts: sends what is new, edits what has changed, deletes what is left over. */
  async show(parts: AnswerPart[]): Promise<void> {
    for (const [index, part] of parts.entries()) {
      if (this.#shown[index] === part.html) continue
      this.rest()
      await this.#showPart(index, part)
      this.#shown[index] = part.html
    }
    const { api, message } = this.#options
    while (this.#sentIds.length > parts.length) {
      const id = this.#sentIds.at(-1)
      if (id !== undefined) await api.deleteMessage(message.chat.id, id)
      this.#sentIds.pop()
      this.#shown.length = Math.min(this.#shown.length, parts.length)
      await this.#options.onSent(this.#sentIds)
    }
  }

  async #showPart(index: number, part: AnswerPart): Promise<void> {
    const sentId = this.#sentIds[index]
    if (sentId !== undefined && (await this.#edit(sentId, part))) return
    const { message_id: id } = await this.#send(index, part)
    this.#sentIds[index] = id
    this.#editedAt = performance.now()
    await this.#options.onSent(this.#sentIds)
  }

  /** Returns false when the message is there no longer. */
  async #edit(id: number, { html, plain }: AnswerPart): Promise<boolean> {
    const { api, message } = this.#options
    const edit = async (text: string, options: { parse_mode?: 'HTML' }) => {
      await this.paced()
      await api.editMessageText(message.chat.id, id, text, { ...options, link_preview_options: noPreview })
    }
    try {
      await this.#readably({ html, plain }, edit)
      return true
    } catch (error) {
      if (isRefusal(error, unchanged)) return true
      if (isRefusal(error, lost)) return false
      throw error
    } finally {
      this.#editedAt = performance.now()
    }
  }

  #send(index: number, part: AnswerPart): Promise<Message> {
    const { api, message } = this.#options
    const isGroup = message.chat.type !== 'private'
    return this.#readably(part, (text, options) =>
      api.sendMessage(message.chat.id, text, {
        ...options,
        link_preview_options: noPreview,
        ...(message.is_topic_message &&
          message.message_thread_id !== undefined && { message_thread_id: message.message_thread_id }),
        ...(isGroup &&
          index === 0 && {
            reply_parameters: { message_id: message.message_id, allow_sending_without_reply: true },
          }),
      }),
    )
  }

  /** With its formatting; as it was written, when Telegram does not understand that. */
  async #readably<Result>(
    { html, plain }: AnswerPart,
    call: (text: string, options: { parse_mode?: 'HTML' }) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await call(html, { parse_mode: 'HTML' })
    } catch (error) {
      if (!isRefusal(error, unreadable)) throw error
      log().warn({ ...describeCallError(error) }, 'Telegram refused the formatting of an answer')
      return call(plain, {})
    }
  }

  #sayTyping(): void {
    const { api, message } = this.#options
    const topic =
      message.is_topic_message && message.message_thread_id !== undefined
        ? { message_thread_id: message.message_thread_id }
        : {}
    api.sendChatAction(message.chat.id, 'typing', topic).catch((error: unknown) => {
      log().debug(describeCallError(error), '"typing" could not be shown')
    })
  }
}

const noPreview = { is_disabled: true }
