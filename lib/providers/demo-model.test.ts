import { generateText, streamText } from 'ai'
import { expect, test } from 'vitest'
import { createDemoModel } from './demo-model.ts'

const model = createDemoModel(0)

test('the same question is answered with the same words, streamed one by one', async () => {
  const ask = async () => {
    const words: string[] = []
    const result = streamText({ model, prompt: 'How do I connect a model?' })
    for await (const word of result.textStream) words.push(word)
    return { words, finishReason: await result.finishReason, usage: await result.totalUsage }
  }
  const first = await ask()

  expect(first.words.length).toBeGreaterThan(50)
  expect(first.words.join('')).toContain('OPENAI_API_KEY')
  expect(first.words.join('')).toContain('not an AI model')
  expect(first.finishReason).toBe('stop')
  expect(first.usage.outputTokens).toBeUndefined()
  expect((await ask()).words).toEqual(first.words)
})

test.each([
  ['Tell me about personas', 'prompts.yaml'],
  ['Will I lose anything when I reload?', 'PostgreSQL'],
  ['Write some code', '```typescript'],
  ['Show me a formula', '$$'],
  ['Good morning', 'demo model'],
])('"%s" leads to its page', async (prompt, expected) => {
  expect((await generateText({ model, prompt })).text).toContain(expected)
})

test('a title is made by rule from the message', async () => {
  const { text } = await generateText({
    model,
    prompt: 'Name this conversation.',
    providerOptions: {
      stoa: {
        purpose: 'title',
        input: 'How do I stay calm when everything goes wrong at once and nobody listens?',
      },
    },
  })
  expect(text).toMatch(/^How do I stay calm/)
  expect(text.length).toBeLessThanOrEqual(61)
})

test('it stops where it is told to', async () => {
  const controller = new AbortController()
  const words: string[] = []
  const result = streamText({
    model: createDemoModel(1),
    prompt: 'Good morning',
    abortSignal: controller.signal,
  })
  for await (const word of result.textStream) {
    words.push(word)
    if (words.length === 3) controller.abort()
  }
  expect(words.length).toBeLessThan(10)
})
