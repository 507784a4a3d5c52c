import { afterEach, expect, it, vi } from 'vitest'
import { readTurnStream, type TurnEvent } from './read-turn-stream.ts'
import { generation } from './testing/scripted-api.ts'

const encoder = new TextEncoder()

function frame(data: unknown, id?: number): string {
  return `${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
}

const turn = { conversationId: 'c1', userMessageId: 'q1', generation: generation() }
const wire = [
  frame({ type: 'start', messageId: 'a1', messageMetadata: turn }),
  frame({ type: 'text-start', id: 'text' }),
  ': keep-alive\n\n',
  frame({ type: 'text-delta', id: 'text', delta: 'Grüße 👋' }, 8),
  frame({ type: 'data-of-another-version', data: {} }),
  frame({ type: 'text-delta', id: 'text', delta: '\n\ndone' }, 14),
  frame({ type: 'text-end', id: 'text' }),
  frame({ type: 'data-generation', data: generation({ status: 'complete' }) }),
  frame({ type: 'finish' }),
  'data: [DONE]\n\n',
].join('')

const pieces: TurnEvent[] = [
  { type: 'text', delta: 'Grüße 👋', end: 8 },
  { type: 'text', delta: '\n\ndone', end: 14 },
]
const whole: TurnEvent[] = [{ type: 'text', delta: 'Grüße 👋\n\ndone', end: 14 }]

function around(text: TurnEvent[]): TurnEvent[] {
  return [
    { type: 'start', messageId: 'a1', turn },
    ...text,
    { type: 'end', generation: generation({ status: 'complete' }) },
  ]
}

function bodyOf(chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}

async function collect(body: ReadableStream<Uint8Array>): Promise<TurnEvent[]> {
  const read: TurnEvent[] = []
  for await (const event of readTurnStream(body)) read.push(event)
  return read
}

afterEach(() => {
  vi.useRealTimers()
})

it.each([1, 2, 3, 7, 100_000])(
  'reads the same however the bytes are cut, here to %i; what comes together is one piece',
  async (size) => {
    const bytes = encoder.encode(wire)
    const chunks: Uint8Array[] = []
    for (let start = 0; start < bytes.length; start += size) chunks.push(bytes.slice(start, start + size))
    expect(await collect(bodyOf(chunks))).toEqual(around(size > 100 ? whole : pieces))
  },
)

it('reads lines that end in CRLF', async () => {
  expect(await collect(bodyOf([encoder.encode(wire.replaceAll('\n', '\r\n'))]))).toEqual(around(whole))
})

it('joins no pieces between which something is missing or repeated', async () => {
  const repeated = [
    frame({ type: 'text-delta', id: 'text', delta: 'abc' }, 3),
    frame({ type: 'text-delta', id: 'text', delta: 'bcd' }, 4),
    frame({ type: 'text-delta', id: 'text', delta: 'f' }, 6),
  ]
  const read = await collect(bodyOf([encoder.encode(repeated.join(''))]))
  expect(read.map((event) => event.type === 'text' && event.end)).toEqual([3, 4, 6])
})

it('fails on a frame that is cut in its middle by a proxy’s page', async () => {
  await expect(collect(bodyOf([encoder.encode('data: <html>\n\n')]))).rejects.toThrow(SyntaxError)
})

it('gives up a connection that is silent for 40 s', async () => {
  vi.useFakeTimers()
  const cancel = vi.fn()
  const reading = collect(new ReadableStream({ cancel }))
  const failed = expect(reading).rejects.toThrow('silent')
  await vi.advanceTimersByTimeAsync(40_000)
  await failed
  expect(cancel).toHaveBeenCalled()
})

it('leaves the connection when its reader leaves', async () => {
  const cancel = vi.fn()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(wire)),
    cancel,
  })
  for await (const _ of readTurnStream(body)) break
  expect(cancel).toHaveBeenCalled()
})

it('lets others have their turn while much is waiting to be read', async () => {
  const piece = encoder.encode(frame({ type: 'text-delta', id: 'text', delta: 'word ' }, 5))
  let turns = 0
  let isOver = false
  const others = () => {
    turns += 1
    if (!isOver) setImmediate(others)
  }
  setImmediate(others)
  const begun = performance.now()
  for await (const event of readTurnStream(bodyOf(Array.from({ length: 400 }, () => piece)))) {
    // Each takes a part of a millisecond, as it does on a page.
    const until = performance.now() + 0.25
    while (performance.now() < until) expect(event.type).toBe('text')
  }
  isOver = true
  expect(turns).toBeGreaterThan((performance.now() - begun) / 50)
})
