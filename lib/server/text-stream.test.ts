import { expect, test } from 'vitest'
import { textStream } from './text-stream.ts'

async function* pieces(count: number, made: string[], broken = false): AsyncGenerator<string> {
  try {
    for (let index = 0; index < count; index += 1) {
      made.push(`made ${index}`)
      yield 'é'.repeat(40_000)
    }
    if (broken) throw new Error('the database is away')
  } finally {
    made.push('ended')
  }
}

test('it is the whole text', async () => {
  const text = await new Response(textStream(pieces(5, []))).text()
  expect(text).toBe('é'.repeat(200_000))
})

test('nothing is made before it is read, and no more than is read', async () => {
  const made: string[] = []
  const reader = textStream(pieces(100, made)).getReader()
  expect(made).toEqual([])
  await reader.read()
  expect(made).toEqual(['made 0', 'made 1'])
})

test('whoever stops reading ends the making', async () => {
  const made: string[] = []
  const reader = textStream(pieces(100, made)).getReader()
  await reader.read()
  await reader.cancel()
  expect(made.at(-1)).toBe('ended')
})

test('one that breaks off does not pass for whole', async () => {
  const reading = new Response(textStream(pieces(3, [], true))).text()
  await expect(reading).rejects.toThrow('away')
})
