import { Buffer } from 'node:buffer'
import { bytes, head, type Move } from './moves.ts'

export interface ChatMessage {
  role: string
  content: string | { type: string; text?: string }[] | null
}

/** The body of a chat completions request, as far as the provider looks at it. */
export interface ChatCompletionRequest {
  model: string
  messages: ChatMessage[]
  stream?: boolean
  stream_options?: { include_usage?: boolean }
  [other: string]: unknown
}

export type FinishReason = 'stop' | 'length' | 'content_filter'

/** The frames of one streamed completion. */
export interface ChatWire {
  head: () => Move
  delta: (text: string) => Move
  frame: (data: unknown) => Move
  finish: (reason: FinishReason) => Move
  usage: (completionTokens: number) => Move
  done: () => Move
}

// A fixed time: the same request gets the same bytes.
const CREATED = 1_790_000_000

export function chatWire(request: ChatCompletionRequest): ChatWire {
  const envelope = {
    id: 'chatcmpl-scripted',
    object: 'chat.completion.chunk',
    created: CREATED,
    model: request.model,
  }
  const frame = (data: unknown) => bytes(`data: ${JSON.stringify(data)}\n\n`)
  const choice = (delta: object, finishReason: FinishReason | null) =>
    frame({ ...envelope, choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }] })
  return {
    frame,
    head: () =>
      head(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' }),
    delta: (text) => choice({ role: 'assistant', content: text }, null),
    finish: (reason) => choice({}, reason),
    usage: (completionTokens) =>
      frame({ ...envelope, choices: [], usage: countUsage(request, completionTokens) }),
    done: () => bytes('data: [DONE]\n\n'),
  }
}

/** The JSON body of a completion that is not streamed. */
export function wholeCompletion(
  request: ChatCompletionRequest,
  content: string,
  finishReason: FinishReason = 'stop',
): string {
  return JSON.stringify({
    id: 'chatcmpl-scripted',
    object: 'chat.completion',
    created: CREATED,
    model: request.model,
    choices: [
      { index: 0, message: { role: 'assistant', content }, logprobs: null, finish_reason: finishReason },
    ],
    usage: countUsage(request, Math.ceil(content.length / 4)),
  })
}

/** An error body in OpenAI's shape. */
export function errorBody(message: string, type: string, code: string | null): string {
  return JSON.stringify({ error: { message, type, param: null, code } })
}

export function messageText({ content }: ChatMessage): string {
  if (typeof content === 'string') return content
  return (content ?? []).map(({ text }) => text ?? '').join('')
}

export function lastUserText(request: ChatCompletionRequest): string {
  const message = request.messages.findLast(({ role }) => role === 'user')
  return message ? messageText(message) : ''
}

export function includesUsage(request: ChatCompletionRequest): boolean {
  return request.stream_options?.include_usage === true
}

/** Four characters count as one token: known to tests, close enough for people. */
function countUsage(request: ChatCompletionRequest, completionTokens: number) {
  const characters = request.messages.reduce((sum, message) => sum + messageText(message).length, 0)
  const promptTokens = Math.ceil(characters / 4)
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  }
}

/** What a reply says that it took. */
export interface ReportedTokens {
  promptTokens: number
  completionTokens: number
}

/** What of it stands in these bytes, which hold a frame or a body in one piece; NULL: nothing. In a text its quotes are escaped. */
export function readReportedTokens(sent: Uint8Array): ReportedTokens | null {
  const [, prompt, completion] =
    /"usage":\{"prompt_tokens":(\d+),"completion_tokens":(\d+)/.exec(Buffer.from(sent).toString()) ?? []
  return prompt && completion ? { promptTokens: Number(prompt), completionTokens: Number(completion) } : null
}
