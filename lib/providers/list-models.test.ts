import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { isChatModel, listModels } from './list-models.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(body: string, status = 200): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end(body))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/models`
}

test.each([
  ...['gpt-5.4', 'gpt-4o-2024-08-06', 'o4-mini', 'chatgpt-4o-latest', 'claude-sonnet-5', 'llama3.2:latest'],
  ...['mistralai/mistral-7b-instruct', 'qwen/qwen3-coder:free', 'gpt-oss:20b', 'gemini-2.5-flash'],
])('%s answers in a conversation', (name) => {
  expect(isChatModel(name)).toBe(true)
})

test.each([
  ...[
    'text-embedding-3-small',
    'nomic-embed-text:latest',
    'bge-m3',
    'all-minilm:33m',
    'tts-1-hd',
    'whisper-1',
  ],
  ...[
    'gpt-4o-mini-tts',
    'gpt-4o-transcribe',
    'gpt-4o-audio-preview',
    'gpt-realtime',
    'dall-e-3',
    'gpt-image-1',
  ],
  ...['sora-2', 'omni-moderation-latest', 'babbage-002', 'davinci-002', 'gpt-3.5-turbo-instruct', 'o1-pro'],
  ...['computer-use-preview', 'o4-mini-deep-research', 'gpt-5-codex', 'gpt-5.2-pro', 'meta/llama-guard-4'],
])('%s does something else', (name) => {
  expect(isChatModel(name)).toBe(false)
})

test('models are listed once, in the order of their names', async () => {
  const data = ['gpt-10', 'gpt-9', 'gpt-9', 'tts-1'].map((id) => ({ id, object: 'model' }))
  expect(await listModels(await serve(JSON.stringify({ data })), {})).toEqual(['gpt-9', 'gpt-10'])
})

test('what a provider says of a model counts beside its name', async () => {
  const data = [
    { id: 'draws', architecture: { output_modalities: ['image'] } },
    { id: 'writes', architecture: { output_modalities: ['text', 'image'] } },
    { id: 'sorts', type: 'rerank' },
    { id: 'talks', type: 'chat', architecture: 'unknown' },
  ]
  expect(await listModels(await serve(JSON.stringify({ data })), {})).toEqual(['talks', 'writes'])
})

test.each([
  ['<html>', 200],
  ['{"models":[]}', 200],
  ['{"data":[]}', 500],
])('%s with %i is no list', async (body, status) => {
  await expect(listModels(await serve(body, status), {})).rejects.toThrow()
})
