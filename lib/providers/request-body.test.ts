import { expect, test } from 'vitest'
import { requestBody } from './request-body.ts'

const content = {
  instructions: 'You are calm.',
  messages: [{ role: 'user' as const, content: 'What is courage?' }],
}
const call = { provider: 'openai', model: 'gpt-4o', maxOutputTokens: 500, temperature: null, adaptations: [] }

test('it is what the SDK sends an OpenAI-compatible provider', async () => {
  expect(await requestBody({ ...call, temperature: 0.5 }, content)).toEqual({
    ...{ model: 'gpt-4o', max_tokens: 500, temperature: 0.5, stream: true },
    messages: [
      { role: 'system', content: 'You are calm.' },
      { role: 'user', content: 'What is courage?' },
    ],
    stream_options: { include_usage: true },
  })
})

test('what a provider refused is not in it', async () => {
  const body = await requestBody({ ...call, adaptations: ['drop_stream_options'] }, content)
  expect(body).not.toHaveProperty('stream_options')
})

test('Anthropic has a form of its own, and the demo is sent nothing', async () => {
  expect(
    await requestBody({ ...call, provider: 'anthropic', model: 'claude-haiku-4-5' }, content),
  ).toMatchObject({
    system: [{ type: 'text', text: 'You are calm.' }],
    messages: [{ role: 'user', content: [{ type: 'text', text: 'What is courage?' }] }],
  })
  expect(await requestBody({ ...call, provider: 'demo' }, content)).toBeNull()
})
