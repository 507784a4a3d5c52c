import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Price } from '#lib/chat/cost.ts'
import { modelId } from '#lib/chat/model-id.ts'
import type { ModelLabel } from '#lib/chat/types.ts'
import { type Env, EnvError, env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { createProviderFetch } from './adapt-request.ts'
import { createDemoModel } from './demo-model.ts'
import { findOllama } from './find-ollama.ts'
import { listModels } from './list-models.ts'
import { contextWindow, outputLimit, priceOf } from './model-catalogue.ts'
import { ModelOffer, type ModelSource } from './model-offer.ts'

/** A model ready to be called, with its limits in tokens. */
export interface ChatModel {
  label: ModelLabel
  languageModel: LanguageModelV4
  contextWindow: number
  maxOutputTokens: number
  /** NULL when it is not known. */
  price: Price | null
  /** Undefined: not sent, the provider's own. */
  temperature: number | undefined
  /** In milliseconds: from the call to the first token, between two tokens, for the whole. */
  timeouts: { firstTokenMs: number; stallMs: number; totalMs: number }
}

export interface Models {
  /** Writes the answers. */
  answering: ChatModel
  /** Is asked when `answering` fails for a reason that another model could survive. */
  fallback: ChatModel | null
  /** Cheap and quick: titles. */
  utility: ChatModel
  /** What people choose from. */
  offer: ModelOffer
}

/** Told why the list of a provider's models could not be had. */
type OnFault = (provider: string, error: unknown) => void

const DEFAULT_OPENAI_MODEL = 'gpt-5.4-mini'
const DEFAULT_OPENAI_UTILITY_MODEL = 'gpt-5.4-nano'
/** However long a model thinks and writes: an end that nobody waits for. */
const TOTAL_TIMEOUT_MS = 30 * 60_000

const shared = globalThis as typeof globalThis & { stoaModels?: Promise<Models> }

/** The models of this server, found once. */
export function models(): Promise<Models> {
  shared.stoaModels ??= resolveModels(env(), (provider, error) =>
    log().warn({ provider, error: String(error) }, 'the list of models could not be had'),
  )
  return shared.stoaModels
}

/**
 * Finds the models that a configuration names: an OpenAI-compatible endpoint, Anthropic,
 * an Ollama on this machine, and when there is none of them the built-in demo model.
 *
 * @throws EnvError when it names a model of a provider that is not configured
 */
export async function resolveModels(config: Env, onFault?: OnFault): Promise<Models> {
  const sources = configuredSources(config)
  const [first] = sources
  if (first) {
    const [answering, utility] = usualNames(config, first.provider)
    return withOffer(config, sources, onFault, {
      answering: first.model(answering),
      fallback: named('OPENAI_FALLBACK_MODEL', config.OPENAI_FALLBACK_MODEL, sources),
      utility: first.model(utility),
    })
  }
  const installed = await findOllama(config.STOA_OLLAMA_URL)
  const [newest] = installed ?? []
  if (installed && newest) {
    const ollama = ollamaSource(config)
    const installedOr = (wanted: string | undefined, otherwise: string) =>
      ollama.model(wanted && installed.includes(wanted) ? wanted : otherwise)
    const answering = installedOr(config.OPENAI_MODEL, newest)
    const utility = installedOr(config.OPENAI_UTILITY_MODEL, answering.label.model)
    return withOffer(config, [ollama], onFault, { answering, fallback: null, utility })
  }
  const demo = chatModel(config, 'demo', 'demo', createDemoModel())
  return { answering: demo, fallback: null, utility: demo, offer: new ModelOffer([demo]) }
}

/** The first of them answers. */
function configuredSources(config: Env): ModelSource[] {
  const sources: ModelSource[] = []
  if (config.OPENAI_API_KEY || config.OPENAI_BASE_URL) sources.push(openAiSource(config))
  if (config.ANTHROPIC_API_KEY) sources.push(anthropicSource(config, config.ANTHROPIC_API_KEY))
  return sources
}

function usualNames(config: Env, provider: string): [answering: string, utility: string] {
  if (provider === 'anthropic') return [config.ANTHROPIC_MODEL, config.ANTHROPIC_UTILITY_MODEL]
  return [
    config.OPENAI_MODEL ?? DEFAULT_OPENAI_MODEL,
    config.OPENAI_UTILITY_MODEL ?? DEFAULT_OPENAI_UTILITY_MODEL,
  ]
}

/** `MODELS` are all that is on offer beside the usual one; without it, what the providers list. */
function withOffer(
  config: Env,
  sources: ModelSource[],
  onFault: OnFault | undefined,
  models: Omit<Models, 'offer'>,
): Models {
  const { answering, fallback, utility } = models
  const own = [fallback, utility].filter((model) => model !== null)
  if (!config.MODELS) return { ...models, offer: new ModelOffer([answering, ...own], sources, onFault) }
  const byId = new Map([...own, answering].map((model) => [modelId(model.label), model]))
  const chosen = config.MODELS.flatMap((name) => named('MODELS', name, sources) ?? [])
  // Of a model that has a part already there is one object only: whoever falls back compares them.
  return {
    ...models,
    offer: new ModelOffer([answering, ...chosen.map((model) => byId.get(modelId(model.label)) ?? model)]),
  }
}

/** A model that a variable names: `provider:model`, or one of the first provider. */
function named(variable: string, name: string | undefined, sources: ModelSource[]): ChatModel | null {
  if (!name) return null
  const [, provider, model] = /^(openai|anthropic|ollama):(.+)$/.exec(name) ?? [
    null,
    sources[0]?.provider,
    name,
  ]
  const source = sources.find((known) => known.provider === provider)
  if (source && model) return source.model(model)
  const needed = provider === 'anthropic' ? 'ANTHROPIC_API_KEY' : 'OPENAI_API_KEY'
  throw new EnvError([`${variable} is "${name}": wants ${needed} to be set too`])
}

function openAiSource(config: Env): ModelSource {
  // Servers on one's own machine want no key, but the SDK does.
  const apiKey = config.OPENAI_API_KEY ?? 'none'
  const provider = createOpenAI({
    apiKey,
    fetch: createProviderFetch(config.PROVIDER_HEADERS_TIMEOUT_SECONDS * 1000),
    ...(config.OPENAI_BASE_URL && { baseURL: config.OPENAI_BASE_URL }),
    ...(config.APP_URL &&
      config.APP_NAME && { headers: { 'HTTP-Referer': config.APP_URL, 'X-Title': config.APP_NAME } }),
  })
  return {
    provider: 'openai',
    model: (name) => chatModel(config, 'openai', name, provider.chat(name)),
    list: () =>
      listModels(listUrl(config.OPENAI_BASE_URL ?? 'https://api.openai.com/v1'), {
        authorization: `Bearer ${apiKey}`,
      }),
  }
}

function anthropicSource(config: Env, apiKey: string): ModelSource {
  const provider = createAnthropic({
    apiKey,
    fetch: createProviderFetch(config.PROVIDER_HEADERS_TIMEOUT_SECONDS * 1000),
    ...(config.ANTHROPIC_BASE_URL && { baseURL: config.ANTHROPIC_BASE_URL }),
  })
  return {
    provider: 'anthropic',
    model: (name) => chatModel(config, 'anthropic', name, provider(name)),
    list: () =>
      listModels(`${listUrl(config.ANTHROPIC_BASE_URL ?? 'https://api.anthropic.com/v1')}?limit=1000`, {
        'x-api-key': apiKey,
        'anthropic-version': '2023-06-01',
      }),
  }
}

function ollamaSource(config: Env): ModelSource {
  const baseURL = new URL('/v1', config.STOA_OLLAMA_URL).href
  const provider = createOpenAI({
    ...{ apiKey: 'ollama', baseURL },
    fetch: createProviderFetch(config.PROVIDER_HEADERS_TIMEOUT_SECONDS * 1000),
  })
  return {
    provider: 'ollama',
    model: (name) => chatModel(config, 'ollama', name, provider.chat(name)),
    list: () => listModels(listUrl(baseURL), {}),
  }
}

function listUrl(baseUrl: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/models`
}

function chatModel(config: Env, provider: string, model: string, languageModel: LanguageModelV4): ChatModel {
  const window = config.MODEL_CONTEXT_WINDOW ?? contextWindow(provider, model)
  return {
    label: { provider, model, isAiModel: provider !== 'demo' },
    languageModel,
    contextWindow: window,
    maxOutputTokens: outputLimit(model, window, config.OPENAI_MAX_OUTPUT_TOKENS),
    price: priceOf(provider, model, config.MODEL_PRICES),
    temperature: provider === 'anthropic' ? undefined : config.OPENAI_TEMPERATURE,
    timeouts: {
      firstTokenMs: config.PROVIDER_FIRST_TOKEN_TIMEOUT_SECONDS * 1000,
      stallMs: config.PROVIDER_STALL_TIMEOUT_SECONDS * 1000,
      totalMs: TOTAL_TIMEOUT_MS,
    },
  }
}
