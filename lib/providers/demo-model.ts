import { setTimeout as wait } from 'node:timers/promises'
import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { fallbackTitle } from '#lib/chat/fallback-title.ts'
import { demoAnswer, demoSummary } from './demo-text.ts'

/** About the pace at which people read along: slow enough to try the stop button. */
const WORD_DELAY_MS = 30

/** A rule counts no tokens, and an invented figure would be a lie. */
const usage = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
}

const finishReason = { unified: 'stop' as const, raw: 'stop' }

/**
 * The model that answers when no other is configured: prepared text about Stoa, chosen by keyword.
 * It makes a first start worth looking at; it is no AI model and is labelled so wherever its name stands.
 *
 * @param wordDelayMs the pause after each word
 */
export function createDemoModel(wordDelayMs = WORD_DELAY_MS): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'demo',
    modelId: 'demo',
    supportedUrls: {},
    async doGenerate(options) {
      const { purpose, input } = options.providerOptions?.stoa ?? {}
      const text = writeShort(String(purpose), String(input)) ?? demoAnswer(lastUserText(options))
      return { content: [{ type: 'text', text }], finishReason, usage, warnings: [] }
    },
    async doStream(options) {
      const parts = streamWords(answerText(options), wordDelayMs, options.abortSignal)
      return {
        stream: new ReadableStream<LanguageModelV4StreamPart>({
          async pull(controller) {
            const { done, value } = await parts.next()
            if (done) controller.close()
            else controller.enqueue(value)
          },
        }),
      }
    },
  }
}

/** A title or a summary by rule; null: an answer is wanted. */
function writeShort(purpose: string, input: string): string | null {
  if (purpose === 'title') return fallbackTitle(input)
  return purpose === 'summary' ? demoSummary(input) : null
}

async function* streamWords(
  text: string,
  delayMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<LanguageModelV4StreamPart, void> {
  yield { type: 'stream-start', warnings: [] }
  yield { type: 'text-start', id: 'text' }
  for (const word of text.match(/\s*\S+/g) ?? []) {
    yield { type: 'text-delta', id: 'text', delta: word }
    await wait(delayMs, undefined, { signal })
  }
  yield { type: 'text-end', id: 'text' }
  yield { type: 'finish', finishReason, usage }
}

/** The whole answer, or what is missing of it when it is to be gone on with. */
function answerText(options: LanguageModelV4CallOptions): string {
  const { purpose, input } = options.providerOptions?.stoa ?? {}
  if (purpose !== 'continue') return demoAnswer(lastUserText(options))
  const answer = demoAnswer(lastUserText(options, 1))
  const written = String(input)
  return answer.startsWith(written) ? answer.slice(written.length) : answer
}

/** The text of the last user message, or of one that many before it. */
function lastUserText({ prompt }: LanguageModelV4CallOptions, before = 0): string {
  const message = prompt.filter(({ role }) => role === 'user').at(-1 - before)
  if (message?.role !== 'user') return ''
  return message.content.map((part) => (part.type === 'text' ? part.text : '')).join('')
}
