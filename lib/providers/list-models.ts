import { z } from 'zod'

/** A list of a thousand models takes a provider a second or two. */
const TIMEOUT_MS = 10_000

/** More than any provider lists; what comes after is not offered. */
const MAX_MODELS = 1_000

/**
 * OpenAI's and Anthropic's list. OpenRouter says what a model writes, Together what it is for: where either is missing,
 * the name decides.
 */
const listSchema = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1).max(150),
      type: z.string().nullish().catch(undefined),
      architecture: z
        .object({ output_modalities: z.array(z.string()) })
        .nullish()
        .catch(undefined),
    }),
  ),
})

/**
 * What lists beside chat models, by a part of their names: vectors, speech, pictures, filters, and models that speak only
 * OpenAI's other protocols (its pages platform.openai.com/docs/models name them). A name of another kind that is let
 * through fails with the provider's own words when it is chosen.
 */
const otherKinds =
  /(^|[-_/.:])(embed(ding)?s?|minilm|bge|rerank(er)?|tts|whisper|transcribe|voice|audio|realtime|dall-e|image|imagen|sora|veo|moderation|guard|babbage|davinci|computer-use|deep-research|codex)([-_/.:\d]|$)|^gpt-3\.5-turbo-instruct|^(o1|o3|gpt-5[.\d]*)-pro/i

/** Whether a model of this name answers in a conversation. */
export function isChatModel(name: string): boolean {
  return !otherKinds.test(name)
}

/**
 * The chat models that a provider lists, by name.
 *
 * @param url of the list
 * @throws when it cannot be had or is none
 */
export async function listModels(url: string, headers: Record<string, string>): Promise<string[]> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) })
  if (!response.ok) throw new Error(`the list of models was answered with ${response.status}`)
  const { data } = listSchema.parse(await response.json())
  const names = data
    .filter(({ type }) => !type || ['chat', 'language', 'model', 'text'].includes(type))
    .filter(({ architecture }) => architecture?.output_modalities.includes('text') ?? true)
    .map(({ id }) => id)
    .filter(isChatModel)
  return [...new Set(names)]
    .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
    .slice(0, MAX_MODELS)
}
