import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Price } from '#lib/chat/cost.ts'
import type { ModelLabel } from '#lib/chat/types.ts'
import { type Env, EnvError, env } from '#lib/env.ts'
import { createProviderFetch } from './adapt-request.ts'
import { createDemoModel } from './demo-model.ts'
import { findOllama } from './find-ollama.ts'
import { contextWindow, outputLimit, priceOf } from './model-catalogue.ts'

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
}

/** The models that a person may choose an answer from, the usual one first. */
export function offeredModels({ answering, fallback, utility }: Models): [ChatModel, ...ChatModel[]] {
  const others = new Map([fallback ?? utility, utility].map((model) => [modelId(model.label), model]))
  others.delete(modelId(answering.label))
  return [answering, ...others.values()]
}

/** How a model is named where it is chosen. */
export function modelId({ provider, model }: Pick<ModelLabel, 'provider' | 'model'>): string {
  return `${provider}:${model}`
}

/** A provider that can be asked, for any of its models by name. */
type ModelFactory = (model: string) => ChatModel

const DEFAULT_OPENAI_MODEL = 'gpt-5.4-mini'
const DEFAULT_OPENAI_UTILITY_MODEL = 'gpt-5.4-nano'
/** However long a model thinks and writes: an end that nobody waits for. */
const TOTAL_TIMEOUT_MS = 30 * 60_000

const shared = globalThis as typeof globalThis & { stoaModels?: Promise<Models> }

/** The models of this server, found once. */
export function models(): Promise<Models> {
  shared.stoaModels ??= resolveModels(env())
  return shared.stoaModels
}

/**
 * Finds the models that a configuration names: an OpenAI-compatible endpoint, Anthropic,
 * an Ollama on this machine, and when there is none of them the built-in demo model.
 */
export async function resolveModels(config: Env): Promise<Models> {
  const openAi = config.OPENAI_API_KEY || config.OPENAI_BASE_URL ? openAiFactory(config) : null
  const anthropic = config.ANTHROPIC_API_KEY ? anthropicFactory(config, config.ANTHROPIC_API_KEY) : null
  const fallback = findFallback(config, { openai: openAi, anthropic })
  if (openAi) {
    return {
      answering: openAi(config.OPENAI_MODEL ?? DEFAULT_OPENAI_MODEL),
      fallback,
      utility: openAi(config.OPENAI_UTILITY_MODEL ?? DEFAULT_OPENAI_UTILITY_MODEL),
    }
  }
  if (anthropic) {
    return {
      answering: anthropic(config.ANTHROPIC_MODEL),
      fallback,
      utility: anthropic(config.ANTHROPIC_UTILITY_MODEL),
    }
  }
  const installed = await findOllama(config.STOA_OLLAMA_URL)
  const [first] = installed ?? []
  if (installed && first) return ollamaModels(config, installed, first)
  const demo = chatModel(config, 'demo', 'demo', createDemoModel())
  return { answering: demo, fallback: null, utility: demo }
}

/** `OPENAI_FALLBACK_MODEL` as `provider:model`, or a model of the OpenAI-compatible endpoint. */
function findFallback(
  config: Env,
  factories: Record<'openai' | 'anthropic', ModelFactory | null>,
): ChatModel | null {
  const name = config.OPENAI_FALLBACK_MODEL
  if (!name) return null
  const [, provider, model] = /^(openai|anthropic):(.+)$/.exec(name) ?? [null, 'openai', name]
  const factory = factories[provider as keyof typeof factories]
  if (!factory || !model) {
    const key = provider === 'anthropic' ? 'ANTHROPIC_API_KEY' : 'OPENAI_API_KEY'
    throw new EnvError([`OPENAI_FALLBACK_MODEL is "${name}": wants ${key} to be set too`])
  }
  return factory(model)
}

function openAiFactory(config: Env): ModelFactory {
  const provider = createOpenAI({
    // Servers on one's own machine want no key, but the SDK does.
    apiKey: config.OPENAI_API_KEY ?? 'none',
    fetch: createProviderFetch(config.PROVIDER_HEADERS_TIMEOUT_SECONDS * 1000),
    ...(config.OPENAI_BASE_URL && { baseURL: config.OPENAI_BASE_URL }),
    ...(config.APP_URL &&
      config.APP_NAME && { headers: { 'HTTP-Referer': config.APP_URL, 'X-Title': config.APP_NAME } }),
  })
  return (name) => chatModel(config, 'openai', name, provider.chat(name))
}

function anthropicFactory(config: Env, apiKey: string): ModelFactory {
  const provider = createAnthropic({
    apiKey,
    fetch: createProviderFetch(config.PROVIDER_HEADERS_TIMEOUT_SECONDS * 1000),
    ...(config.ANTHROPIC_BASE_URL && { baseURL: config.ANTHROPIC_BASE_URL }),
  })
  return (name) => chatModel(config, 'anthropic', name, provider(name))
}

function ollamaModels(config: Env, installed: string[], first: string): Models {
  const provider = createOpenAI({
    apiKey: 'ollama',
    baseURL: new URL('/v1', config.STOA_OLLAMA_URL).href,
    fetch: createProviderFetch(config.PROVIDER_HEADERS_TIMEOUT_SECONDS * 1000),
  })
  const model = (wanted: string | undefined, otherwise: string) => {
    const name = wanted && installed.includes(wanted) ? wanted : otherwise
    return chatModel(config, 'ollama', name, provider.chat(name))
  }
  const answering = model(config.OPENAI_MODEL, first)
  return { answering, fallback: null, utility: model(config.OPENAI_UTILITY_MODEL, answering.label.model) }
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
