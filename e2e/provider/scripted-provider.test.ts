import { createOpenAI } from '@ai-sdk/openai'
import { generateText, streamText } from 'ai'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  dirtyAnswer,
  longAnswer,
  markdownAnswer,
  numberedAnswer,
  plainAnswer,
  scriptedTitle,
  unicodeAnswer,
} from './answers.ts'
import { ProviderControl } from './control-api.ts'
import { type ScriptedProvider, startScriptedProvider } from './scripted-provider.ts'

let provider: ScriptedProvider
let control: ProviderControl

beforeAll(async () => {
  provider = await startScriptedProvider()
  control = new ProviderControl(provider.origin)
})
afterAll(() => provider.stop())

function post(message: string, body: object = {}, signal?: AbortSignal): Promise<Response> {
  return fetch(`${provider.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer test-key' },
    body: JSON.stringify({
      model: 'm',
      stream: true,
      messages: [{ role: 'user', content: message }],
      ...body,
    }),
    ...(signal && { signal }),
  })
}

async function streamWithSdk(message: string) {
  const errors: unknown[] = []
  const result = streamText({
    model: createOpenAI({ baseURL: provider.url, apiKey: 'test-key' }).chat('scripted-main'),
    prompt: message,
    maxRetries: 0,
    onError: ({ error }) => void errors.push(error),
  })
  let text = ''
  let finishReason: string | undefined
  for await (const part of result.stream) {
    if (part.type === 'text-delta') text += part.text
    if (part.type === 'finish') finishReason = part.finishReason
  }
  return { text, finishReason, errors, usage: finishReason === undefined ? undefined : await result.usage }
}

describe('answers that end well, read by the AI SDK', () => {
  it.each([
    ['Hello there', plainAnswer('Hello there')],
    ['[scenario:slow tokens=20 delay=1]', numberedAnswer(20)],
    ['[scenario:markdown]', markdownAnswer],
    ['[scenario:unicode]', unicodeAnswer],
    ['[scenario:dirty]', dirtyAnswer],
    ['[scenario:long characters=5001]', longAnswer(5001)],
    ['[scenario:no-usage] Hi', plainAnswer('Hi')],
    ['[scenario:split]', unicodeAnswer],
    ['[scenario:crlf] Hi', plainAnswer('Hi')],
    ['[scenario:mislabelled] Hi', plainAnswer('Hi')],
    ['[scenario:refuses parameter=nothing] Hi', plainAnswer('Hi')],
  ])('%s', async (message, expected) => {
    const { text, finishReason, errors } = await streamWithSdk(message)
    expect(text).toBe(expected)
    expect(finishReason).toBe('stop')
    expect(errors).toEqual([])
  })

  it('reports usage when asked to', async () => {
    const { usage } = await streamWithSdk('[scenario:slow tokens=8 delay=0]')
    expect(usage).toMatchObject({ inputTokens: 8, outputTokens: 8 })
  })

  it('notes in its log what it has reported, and nothing where it has not', async () => {
    await streamWithSdk('[scenario:slow tokens=7 delay=0]')
    await streamWithSdk('[scenario:no-usage] {"usage":{"prompt_tokens":1,"completion_tokens":1}}')
    expect(provider.requests.slice(-2).map(({ reported }) => reported)).toEqual([
      { promptTokens: 8, completionTokens: 7 },
      null,
    ])
  })

  it('leaves usage out when the scenario does', async () => {
    const { usage } = await streamWithSdk('[scenario:no-usage]')
    expect(usage?.outputTokens).toBeUndefined()
  })

  it('leaves usage out when nobody asked', async () => {
    const body = await (await post('Hi')).text()
    expect(body).not.toContain('"usage"')
    expect(body.endsWith('data: [DONE]\n\n')).toBe(true)
  })
})

describe('answers that end badly, read by the AI SDK', () => {
  it.each([
    ['[scenario:empty]', '', 'stop'],
    ['[scenario:length tokens=4]', numberedAnswer(4), 'length'],
    ['[scenario:filter tokens=4]', numberedAnswer(4), 'content-filter'],
    ['[scenario:cut tokens=4]', numberedAnswer(4), 'interrupted'],
    ['[scenario:error-event tokens=4]', numberedAnswer(4), 'error'],
  ])('%s', async (message, text, finishReason) => {
    expect(await streamWithSdk(message)).toMatchObject({ text, finishReason })
  })

  it.each([
    ['refuses parameter=stream_options', 400],
    ['quota', 429],
    ['forbidden', 403],
    ['overloaded', 529],
    ['filter-question', 400],
    ['bad-request', 400],
  ])('%s', async (scenario, statusCode) => {
    expect((await streamWithSdk(`[scenario:${scenario}]`)).errors).toMatchObject([{ statusCode }])
  })

  it.each([401, 404, 429, 500, 503])('status %i', async (code) => {
    const { errors } = await streamWithSdk(`[scenario:status code=${code}]`)
    expect(errors).toMatchObject([{ statusCode: code }])
  })
})

describe('on the wire', () => {
  it('sends Retry-After only when told to', async () => {
    expect((await post('[scenario:status code=429]')).headers.get('retry-after')).toBeNull()
    expect((await post('[scenario:status code=429 retry-after=7]')).headers.get('retry-after')).toBe('7')
  })

  it('answers HTML with status 200', async () => {
    const response = await post('[scenario:html]')
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html'])
  })

  it('resets the connection in mid-stream', async () => {
    const response = await post('[scenario:reset tokens=3] me')
    await expect(response.text()).rejects.toThrow()
    await vi.waitFor(() => expect(provider.requests.at(-1)?.closed?.by).toBe('provider'))
  })

  it('resets the connection before there is a head', async () => {
    await expect(post('[scenario:refuse]')).rejects.toThrow()
  })

  it('cuts characters between their bytes', async () => {
    const response = await post('[scenario:split]')
    let cut = 0
    for await (const piece of response.body ?? []) if (((piece.at(-1) ?? 0) & 0x80) !== 0) cut++
    expect(cut).toBeGreaterThan(3)
  })

  it('goes on until nobody listens', async () => {
    const leaving = new AbortController()
    const response = await post('[scenario:endless] for ever', {}, leaving.signal)
    let received = 0
    for await (const piece of response.body ?? []) {
      received += piece.length
      if (received > 2_000_000) break
    }
    await vi.waitFor(() => expect(provider.requests.at(-1)?.closed?.by).toBe('client'))
  })

  it('ends cleanly without a finish reason', async () => {
    const body = await (await post('[scenario:cut tokens=3]')).text()
    expect(body).toContain('word3')
    expect(body).not.toContain('"stop"')
    expect(body).not.toContain('[DONE]')
  })

  it('sends a frame that is no JSON', async () => {
    const frames = (await (await post('[scenario:malformed]')).text()).trim().split('\n\n')
    const broken = frames.filter((frame) => {
      try {
        JSON.parse(frame.replace('data: ', ''))
        return false
      } catch {
        return frame !== 'data: [DONE]'
      }
    })
    expect(broken).toHaveLength(1)
  })

  it('splits a pair of surrogates between two deltas', async () => {
    const body = await (await post('[scenario:unicode]')).text()
    expect(body).toContain('"content":"\\ud83d"')
    expect(body).toContain('"content":"\\ude00"')
  })

  it('refuses a scenario that does not exist, and a parameter that is wrong', async () => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    expect((await post('[scenario:slwo]')).status).toBe(400)
    expect((await post('[scenario:slow tokens=some]')).status).toBe(400)
    expect(stderr).toHaveBeenCalledTimes(2)
  })
})

describe('what tests arrange', () => {
  it('opens a gate from another process', async () => {
    const response = await post('[scenario:gated gate=first before=2 tokens=4]')
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    if (!reader) throw new Error('no body')
    let seen = ''
    while (!seen.includes('word2')) seen += (await reader.read()).value
    await control.openGate('first')
    for (let part = await reader.read(); !part.done; part = await reader.read()) seen += part.value
    expect(seen).toContain('word4')
  })

  it('plays a scenario a number of times', async () => {
    const ask = async () => (await post('[scenario:status code=500 times=2] again')).status
    expect([await ask(), await ask(), await ask()]).toEqual([500, 500, 200])
  })

  it('puts an arranged scenario over the marker', async () => {
    await control.arrange('arranged-message', 'status code=503')
    expect((await post('an arranged-message [scenario:slow]')).status).toBe(503)
  })

  it('logs what was received and when the client left', async () => {
    const leaving = new AbortController()
    await post('[scenario:stall] leave-me', { max_completion_tokens: 5 }, leaving.signal)
    const [before] = await control.requests({ contains: 'leave-me' })
    expect(before).toMatchObject({
      kind: 'answer',
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer test-key' },
      body: { max_completion_tokens: 5 },
      closed: null,
    })
    leaving.abort()
    await vi.waitFor(async () => {
      const [after] = await control.requests({ contains: 'leave-me', kind: 'answer' })
      expect(after?.closed?.by).toBe('client')
    })
  })

  it('says that it ended a reply itself', async () => {
    await (await post('whole-answer')).text()
    await vi.waitFor(() => expect(provider.requests.at(-1)?.closed?.by).toBe('provider'))
  })
})

describe('titles', () => {
  const title = async (message: string) =>
    (
      await generateText({
        model: createOpenAI({ baseURL: provider.url, apiKey: 'test-key' }).chat('scripted-utility'),
        instructions: 'Name this conversation.',
        prompt: message,
        maxRetries: 0,
      })
    ).text

  it('are made from the message', async () => {
    expect(await title('How do bees find home again? [scenario:slow]')).toBe('About How do bees find')
    expect(scriptedTitle('蜜蜂')).toBe('About 蜜蜂')
  })

  it('are empty, dressed up or missing when the message says so', async () => {
    expect(await title('Bees [title:empty]')).toBe('')
    expect(await title('Bees [title:dressed]')).toContain('<think>')
    await expect(title('Bees [title:fail]')).rejects.toMatchObject({ statusCode: 500 })
  })

  it('are logged apart from answers', async () => {
    await title('title-only')
    expect(await control.requests({ contains: 'title-only', kind: 'answer' })).toEqual([])
    expect(await control.requests({ contains: 'title-only', kind: 'title' })).toHaveLength(1)
  })
})

it('stops although a reply stalls', async () => {
  const other = await startScriptedProvider()
  const response = await fetch(`${other.url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({
      model: 'm',
      stream: true,
      messages: [{ role: 'user', content: '[scenario:stall]' }],
    }),
  })
  await Promise.all([other.stop(), expect(response.text()).rejects.toThrow()])
})
