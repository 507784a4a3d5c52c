import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { parseEnv } from '#lib/env.ts'
import { resolveModels } from './resolve-models.ts'

/** A port that is never open. */
const NOBODY = 'http://127.0.0.1:9'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(body: string): Promise<string> {
  const server = createServer((_request, response) => response.end(body))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function resolve(variables: Record<string, string> = {}) {
  return resolveModels(parseEnv({ STOA_OLLAMA_URL: NOBODY, ...variables }))
}

test('with nothing configured the demo model answers, and says that it is none', async () => {
  const { answering, utility } = await resolve()
  expect(answering.label).toEqual({ provider: 'demo', model: 'demo', isAiModel: false })
  expect(utility.label.provider).toBe('demo')
})

test('an OpenAI key gives the default models with their limits', async () => {
  const { answering, utility } = await resolve({ OPENAI_API_KEY: 'sk-test' })
  expect(answering).toMatchObject({
    label: { provider: 'openai', model: 'gpt-5.4-mini', isAiModel: true },
    contextWindow: 272_000,
    maxOutputTokens: 8_000,
    price: { input: 75, cachedInput: 7.5, output: 450 },
    temperature: undefined,
  })
  expect(utility.label.model).toBe('gpt-5.4-nano')
})

test('an address alone is enough: servers on one’s own machine want no key', async () => {
  const { answering } = await resolve({ OPENAI_BASE_URL: 'http://127.0.0.1:1234/v1', OPENAI_MODEL: 'local' })
  expect(answering.label).toMatchObject({ provider: 'openai', model: 'local' })
})

test('Anthropic answers when only its key is there', async () => {
  const { answering } = await resolve({ ANTHROPIC_API_KEY: 'key', OPENAI_TEMPERATURE: '1.5' })
  expect(answering).toMatchObject({ label: { provider: 'anthropic' }, temperature: undefined })
})

test('an Ollama on this machine is found when nothing else is named', async () => {
  const url = await serve(JSON.stringify({ models: [{ name: 'llama3.2:latest' }, { name: 'qwen3:4b' }] }))
  const found = await resolve({ STOA_OLLAMA_URL: url })
  expect(found.answering.label).toEqual({ provider: 'ollama', model: 'llama3.2:latest', isAiModel: true })

  const chosen = await resolve({ STOA_OLLAMA_URL: url, OPENAI_MODEL: 'qwen3:4b' })
  expect(chosen.answering.label.model).toBe('qwen3:4b')
})

test.each(['{"models":[]}', '<html>', '{"version":1}'])(
  'what is no Ollama with a model is passed over: %s',
  async (body) => {
    const { answering } = await resolve({ STOA_OLLAMA_URL: await serve(body) })
    expect(answering.label.provider).toBe('demo')
  },
)

test('a server that does not answer in time is passed over', async () => {
  const server = createServer(() => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const { answering } = await resolve({
    STOA_OLLAMA_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  })
  expect(answering.label.provider).toBe('demo')
})

test('the configured window counts over the table', async () => {
  const { answering } = await resolve({
    OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
    MODEL_CONTEXT_WINDOW: '4000',
  })
  expect(answering.contextWindow).toBe(4_000)
})

test('MODELS names what people choose from, beside the usual model', async () => {
  const { answering, fallback, offer } = await resolve({
    ...{
      OPENAI_API_KEY: 'sk-test',
      ANTHROPIC_API_KEY: 'key',
      OPENAI_FALLBACK_MODEL: 'anthropic:claude-haiku-4-5',
    },
    MODELS: 'big, anthropic:claude-haiku-4-5, openai:deepseek:free',
  })
  expect(offer.known().map(({ label }) => `${label.provider} ${label.model}`)).toEqual([
    ...['openai gpt-5.4-mini', 'openai big', 'anthropic claude-haiku-4-5', 'openai deepseek:free'],
  ])
  expect(offer.known()[0]).toBe(answering)
  expect(offer.find('anthropic:claude-haiku-4-5')).toBe(fallback)
  expect(offer.isWhole).toBe(true)
})

test('MODELS of a provider that is not configured is a fault', async () => {
  await expect(resolve({ OPENAI_API_KEY: 'sk-test', MODELS: 'anthropic:claude-sonnet-5' })).rejects.toThrow(
    'MODELS is "anthropic:claude-sonnet-5": wants ANTHROPIC_API_KEY to be set too',
  )
})

test('Anthropic is asked for its list as it wants to be', async () => {
  const asked: unknown[] = []
  const server = createServer(({ url, headers }, response) => {
    asked.push([url, headers['x-api-key'], headers['anthropic-version']])
    response.end(JSON.stringify({ data: [{ type: 'model', id: 'claude-opus-5' }] }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  const { offer } = await resolve({
    ...{ ANTHROPIC_API_KEY: 'key', ANTHROPIC_MODEL: 'claude-sonnet-5' },
    ANTHROPIC_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
  })
  await offer.settled(5_000)
  expect(offer.find('anthropic:claude-opus-5')).toBeDefined()
  expect(asked).toEqual([['/v1/models?limit=1000', 'key', '2023-06-01']])
})

test('without MODELS, what the provider lists is on offer', async () => {
  const url = await serve(JSON.stringify({ data: [{ id: 'big' }, { id: 'text-embedding-3' }] }))
  const { offer } = await resolve({ OPENAI_BASE_URL: `${url}/v1/`, OPENAI_MODEL: 'usual' })
  await offer.settled(5_000)
  expect(offer.known().map(({ label }) => label.model)).toEqual(['usual', 'gpt-5.4-nano', 'big'])
})
