import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { ModelLabel } from '#lib/chat/types.ts'
import { type Env, env } from '#lib/env.ts'
import { createDemoModel } from './demo-model.ts'
import { findOllama } from './find-ollama.ts'
import { contextWindow, outputLimit } from './model-limits.ts'

/** A model ready to be called, with its limits in tokens. */
export interface ChatModel {
  label: ModelLabel
  languageModel: LanguageModelV4
  contextWindow: number
  maxOutputTokens: number
  /** Undefined: not sent, the provider's own. */
  temperature: number | undefined
}

export interface Models {
  /** Writes the answers. */
  answering: ChatModel
  /** Cheap and quick: titles. */
  utility: ChatModel
}

const DEFAULT_OPENAI_MODEL = 'gpt-5.4-mini'
const DEFAULT_OPENAI_UTILITY_MODEL = 'gpt-5.4-nano'

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
  if (config.OPENAI_API_KEY || config.OPENAI_BASE_URL) return openAiModels(config)
  if (config.ANTHROPIC_API_KEY) return anthropicModels(config, config.ANTHROPIC_API_KEY)
  const installed = await findOllama(config.STOA_OLLAMA_URL)
  const first = installed?.[0]
  if (installed && first) return ollamaModels(config, installed, first)
  return demoModels(config)
}

function openAiModels(config: Env): Models {
  const provider = createOpenAI({
    // Servers on one's own machine want no key, but the SDK does.
    apiKey: config.OPENAI_API_KEY ?? 'none',
    ...(config.OPENAI_BASE_URL && { baseURL: config.OPENAI_BASE_URL }),
    ...(config.APP_URL &&
      config.APP_NAME && { headers: { 'HTTP-Referer': config.APP_URL, 'X-Title': config.APP_NAME } }),
  })
  const model = (name: string) => chatModel(config, 'openai', name, provider.chat(name))
  return {
    answering: model(config.OPENAI_MODEL ?? DEFAULT_OPENAI_MODEL),
    utility: model(config.OPENAI_UTILITY_MODEL ?? DEFAULT_OPENAI_UTILITY_MODEL),
  }
}

function anthropicModels(config: Env, apiKey: string): Models {
  const provider = createAnthropic({
    apiKey,
    ...(config.ANTHROPIC_BASE_URL && { baseURL: config.ANTHROPIC_BASE_URL }),
  })
  const model = (name: string) => chatModel(config, 'anthropic', name, provider(name))
  return { answering: model(config.ANTHROPIC_MODEL), utility: model(config.ANTHROPIC_UTILITY_MODEL) }
}

function ollamaModels(config: Env, installed: string[], first: string): Models {
  const provider = createOpenAI({ apiKey: 'ollama', baseURL: new URL('/v1', config.STOA_OLLAMA_URL).href })
  const choose = (wanted: string | undefined) => (wanted && installed.includes(wanted) ? wanted : first)
  const model = (name: string) => chatModel(config, 'ollama', name, provider.chat(name))
  const answering = choose(config.OPENAI_MODEL)
  return {
    answering: model(answering),
    utility: model(config.OPENAI_UTILITY_MODEL ? choose(config.OPENAI_UTILITY_MODEL) : answering),
  }
}

function demoModels(config: Env): Models {
  const demo = chatModel(config, 'demo', 'demo', createDemoModel())
  return { answering: demo, utility: demo }
}

function chatModel(config: Env, provider: string, model: string, languageModel: LanguageModelV4): ChatModel {
  const window = config.MODEL_CONTEXT_WINDOW ?? contextWindow(provider, model)
  return {
    label: { provider, model, isAiModel: provider !== 'demo' },
    languageModel,
    contextWindow: window,
    maxOutputTokens: outputLimit(model, window, config.OPENAI_MAX_OUTPUT_TOKENS),
    temperature: provider === 'anthropic' ? undefined : config.OPENAI_TEMPERATURE,
  }
}
