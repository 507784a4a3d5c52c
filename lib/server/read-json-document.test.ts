import { expect, test } from 'vitest'
import { readJsonDocument } from './read-json-document.ts'

const MEGABYTE = Buffer.from(`"${'x'.repeat(1_048_573)}",`)

async function* ofParts(...parts: (string | Buffer)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part)
}

const read = (...parts: (string | Buffer)[]) => Array.fromAsync(readJsonDocument(ofParts(...parts)))
const much = Array<Buffer>(65).fill(MEGABYTE)

test('what stands beside the conversations may be as long as it is, and is passed over', async () => {
  const items = await read(
    '{"format":"stoa-account","account":{"id":"a"},"conversations":[{"id":"c"}],"usageEvents":[',
    ...much,
    '0],"promptTexts":[{"hash":"h"}]}',
  )
  expect(items).toMatchObject([
    { kind: 'conversation', value: { id: 'c' } },
    { kind: 'text', value: { hash: 'h' } },
  ])
}, 20_000)

test('a single conversation that is longer than can be held is refused', async () => {
  const parts = ['{"conversations":[{"id":"c"},{"messages":[', ...much, '0]}]}']
  await expect(read(...parts)).rejects.toMatchObject({ fault: 'conversation_too_large' })
}, 20_000)
