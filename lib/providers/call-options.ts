import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'

/** What a model is sent, apart from how it is asked to answer. */
export interface CallContent {
  instructions: string
  messages: { role: 'user' | 'assistant'; content: string }[]
}

/** How a caller of its own wants one answer written, beyond what its model has. */
export interface Sampling {
  topP?: number
  presencePenalty?: number
  frequencyPenalty?: number
  seed?: number
  /** Where the answer ends, without them. */
  stopSequences?: string[]
}

/** What a call asks of a provider; the same from which it is shown afterwards what that was (`requestBody`). */
export function callOptions(
  { instructions, messages, sampling }: CallContent & { sampling?: Sampling },
  { maxOutputTokens, temperature }: { maxOutputTokens: number; temperature: number | undefined },
): LanguageModelV4CallOptions {
  const prompt: LanguageModelV4CallOptions['prompt'] = messages.map(({ role, content }) => ({
    role,
    content: [{ type: 'text', text: content }],
  }))
  if (instructions !== '') prompt.unshift({ role: 'system', content: instructions })
  return { prompt, maxOutputTokens, ...(temperature !== undefined && { temperature }), ...sampling }
}
