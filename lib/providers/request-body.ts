import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { GenerationCall } from '#lib/chat/generation-call.ts'
import { type Adaptation, adapt } from './adapt-request.ts'
import { type CallContent, callOptions } from './call-options.ts'

/** Thrown in the place of sending; nothing leaves the server. */
class Captured extends Error {
  readonly body: Record<string, unknown>

  constructor(body: string) {
    super('The request was made to be looked at')
    this.body = JSON.parse(body) as Record<string, unknown>
  }
}

const capturing: typeof fetch = (_url, init) => Promise.reject(new Captured(String(init?.body)))

/**
 * The body of the request that a call sent, as the SDK writes it, with what was left out or renamed for its provider.
 *
 * @returns NULL for a model that is sent no request: the demo
 */
export async function requestBody(
  call: Pick<GenerationCall, 'provider' | 'model' | 'maxOutputTokens' | 'temperature' | 'adaptations'>,
  content: CallContent,
): Promise<Record<string, unknown> | null> {
  const model = capturingModel(call)
  if (!model) return null
  const { maxOutputTokens, temperature } = call
  try {
    await model.doStream(callOptions(content, { maxOutputTokens, temperature: temperature ?? undefined }))
  } catch (error) {
    const captured = findCaptured(error)
    if (captured) return adapt(captured.body, call.adaptations as Adaptation[])
    throw error
  }
  throw new Error('The request was not made')
}

function capturingModel({ provider, model }: { provider: string; model: string }): LanguageModelV4 | null {
  if (provider === 'demo') return null
  const settings = { apiKey: 'none', fetch: capturing }
  return provider === 'anthropic' ? createAnthropic(settings)(model) : createOpenAI(settings).chat(model)
}

/** The SDK wraps what a fetch throws. */
function findCaptured(error: unknown): Captured | null {
  for (let each = error; each instanceof Error; each = each.cause) if (each instanceof Captured) return each
  return null
}
