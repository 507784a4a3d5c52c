import { expect, test } from 'vitest'
import type { ImportState } from '#lib/chat/import-report.ts'
import { describeEnd, describeLeftOut, describeRest, fileSize } from './describe-import.ts'

const base: ImportState = {
  ...{ id: 'i', fileName: 'x.zip', size: 1, status: 'done', fault: null, progress: 1, pieces: [] },
  ...{ counts: {}, otherFiles: {}, createdAt: '2026-11-01T00:00:00.000Z' },
}

test.each<[Partial<ImportState>, string]>([
  [{ counts: { imported: 1 } }, '1 conversation imported.'],
  [{ counts: { imported: 1200, here: 2, empty: 1 } }, '1,200 conversations imported, 3 skipped.'],
  [{ counts: { here: 1 } }, 'Nothing new: its conversation is here already.'],
  [{ counts: { here: 12 } }, 'Nothing new: all 12 conversations are here already.'],
  [{ counts: { here: 1, empty: 2 } }, 'Nothing was imported: 3 conversations skipped.'],
  [{ status: 'failed', fault: 'encrypted' }, 'Nothing was imported.'],
])('%j came to this: %s', (change, words) => {
  expect(describeEnd({ ...base, ...change })).toBe(words)
})

test('what did not come along is named', () => {
  expect(describeLeftOut({})).toBeNull()
  expect(describeLeftOut({ images: 1, tools: 2, reasoning: 1 })).toBe(
    'Without 1 image, 2 uses of tools and 1 thought.',
  )
  expect(describeRest(base)).toBeNull()
  expect(describeRest({ ...base, status: 'failed', fault: 'encrypted' })).toBe(
    'The archive is locked with a password. Unpack it, and choose the file conversations.json.',
  )
  expect(describeRest({ ...base, status: 'failed', fault: 'broken_json' })).toBe(
    'The file is damaged or breaks off. Download it once more, and choose it again.',
  )
  expect(
    describeRest({
      ...base,
      status: 'incomplete',
      fault: 'broken_json',
      counts: { imported: 2 },
      otherFiles: { images: 3, archives: 1 },
    }),
  ).toBe(
    'The file is damaged or breaks off. Download it once more, and choose it again. What came before is here, and is not imported twice. The archive also held 3 images and 1 archive, which stayed there.',
  )
})

test.each([
  [0, '1 kB'],
  [300_000, '293 kB'],
  [4_400_000, '4.2 MB'],
  [400_000_000, '381 MB'],
])('%d bytes are %s', (bytes, words) => {
  expect(fileSize(bytes)).toBe(words)
})
