import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { faultOfHtml, shownText } from './check-html.ts'

/** A call that the bot made. */
export interface BotCall {
  method: string
  payload: Payload
  /** When it came, by `performance.now()`. */
  at: number
  /** What it was answered; 0: its connection was dropped. */
  status: number
}

interface Payload {
  chat_id?: number
  message_id?: number
  text?: string
  parse_mode?: string
  offset?: number
  timeout?: number
  url?: string
  secret_token?: string
}

/** A message that the bot sent, as its chat shows it now. */
export interface ShownMessage {
  id: number
  chatId: number
  text: string
  isHtml: boolean
}

/** What a call is answered instead of what it should be. */
export type Fault = { status: number; description?: string; retryAfter?: number } | 'drop'

interface Update {
  update_id: number
}

export const BOT_TOKEN = '123456:planted-token-of-the-tests'
export const BOT = { id: 123456, is_bot: true, first_name: 'Stoa', username: 'stoa_test_bot' }
const MOST_UNITS = 4096

/** A Bot API server over HTTP that records what the bot does, refuses what Telegram refuses, and fails as it is told. */
export class ScriptedBotApi {
  readonly calls: BotCall[] = []
  readonly messages: ShownMessage[] = []
  /** How many long polls are open. */
  polls = 0
  readonly #updates: Update[] = []
  readonly #faults: { method: string; fault: Fault }[] = []
  readonly #server = createServer((request, response) => {
    this.#route(request, response).catch(() => response.destroy())
  })
  #nextId = 1000
  #wake = Promise.withResolvers<void>()

  static async start(): Promise<ScriptedBotApi> {
    const api = new ScriptedBotApi()
    api.#server.listen(0, '127.0.0.1')
    await once(api.#server, 'listening')
    return api
  }

  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#wake.resolve()
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  /** Has the next call of a method fail. */
  failNext(method: string, fault: Fault): void {
    this.#faults.push({ method, fault })
  }

  /** Leaves an update for whoever polls. */
  leave(update: Update): void {
    this.#updates.push(update)
    this.#wake.resolve()
    this.#wake = Promise.withResolvers()
  }

  callsOf(method: string, chatId?: number): BotCall[] {
    return this.calls.filter(
      (call) => call.method === method && (chatId === undefined || call.payload.chat_id === chatId),
    )
  }

  /** The bot's messages as a chat shows them, as plain text. */
  shownIn(chatId: number): string[] {
    return this.messages
      .filter((message) => message.chatId === chatId)
      .map(({ text, isHtml }) => (isHtml ? shownText(text) : text))
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? []
    const payload = request.headers['content-length'] === '0' ? {} : ((await json(request)) as Payload)
    const call: BotCall = { method, payload, at: performance.now(), status: 200 }
    this.calls.push(call)
    if (token !== BOT_TOKEN) return this.#refuse(call, response, { status: 401, description: 'Unauthorized' })
    const index = this.#faults.findIndex((each) => each.method === method)
    const [planned] = index < 0 ? [] : this.#faults.splice(index, 1)
    if (planned) return this.#refuse(call, response, planned.fault)
    const description = this.#faultOf(method, payload)
    if (description) return this.#refuse(call, response, { status: 400, description })
    const result = method === 'getUpdates' ? await this.#poll(payload, response) : this.#perform(call)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, result }))
  }

  #refuse(call: BotCall, response: ServerResponse, fault: Fault): void {
    call.status = fault === 'drop' ? 0 : fault.status
    if (fault === 'drop') return void response.destroy()
    const { status, description = 'Bad Request', retryAfter } = fault
    const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }
    const body = { ok: false, error_code: status, description, ...parameters }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  #faultOf(method: string, { text, parse_mode, chat_id, message_id }: Payload): string | null {
    if (method !== 'sendMessage' && method !== 'editMessageText') return null
    if (!text?.trim()) return 'Bad Request: message text is empty'
    const isHtml = parse_mode === 'HTML'
    const fault = isHtml ? faultOfHtml(text) : null
    if (fault) return `Bad Request: ${fault}`
    if ((isHtml ? shownText(text) : text).length > MOST_UNITS) return 'Bad Request: message is too long'
    if (method === 'sendMessage') return null
    const edited = this.#find(chat_id, message_id)
    if (!edited) return 'Bad Request: message to edit not found'
    return edited.text === text && edited.isHtml === isHtml ? 'Bad Request: message is not modified' : null
  }

  #perform({ method, payload }: BotCall): unknown {
    const { chat_id: chatId = 0, message_id, text = '', parse_mode } = payload
    if (method === 'getMe') return BOT
    if (method !== 'sendMessage' && method !== 'editMessageText' && method !== 'deleteMessage') return true
    const found = this.#find(chatId, message_id)
    if (method === 'deleteMessage') {
      if (found) this.messages.splice(this.messages.indexOf(found), 1)
      return true
    }
    const message = found ?? { id: this.#nextId++, chatId, text, isHtml: false }
    Object.assign(message, { text, isHtml: parse_mode === 'HTML' })
    if (!found) this.messages.push(message)
    return { message_id: message.id, date: 0, chat: { id: chatId, type: 'private' }, text }
  }

  async #poll({ offset = 0, timeout = 0 }: Payload, response: ServerResponse): Promise<Update[]> {
    const gone = once(response, 'close')
    const tooLate = AbortSignal.timeout(timeout * 1000)
    this.polls += 1
    const pending = () => {
      while (this.#updates[0] && this.#updates[0].update_id < offset) this.#updates.shift()
      return [...this.#updates]
    }
    while (pending().length === 0 && !tooLate.aborted && !response.destroyed) {
      await Promise.race([this.#wake.promise, gone, once(tooLate, 'abort')])
    }
    this.polls -= 1
    return pending()
  }

  #find(chatId?: number, id?: number): ShownMessage | undefined {
    return this.messages.find((message) => message.chatId === chatId && message.id === id)
  }
}
