import { expect, test } from 'vitest'
import { lastClearOn, type SummaryPlace, summaryOnBranch } from './summary-on-branch.ts'

function branch(names: string, cleared = '') {
  return [...names].map((id) => ({ id, isCleared: cleared.includes(id) }))
}

function summary(
  version: number,
  throughMessageId: string,
  startsAfterId: string | null = null,
): SummaryPlace {
  return { version, throughMessageId, startsAfterId }
}

test('the context starts afresh after the last message that was cleared', () => {
  expect(lastClearOn(branch('abcd'))).toBeNull()
  expect(lastClearOn(branch('abcd', 'ac'))).toBe('c')
})

test('the newest version holds whose last message lies on the branch', () => {
  const summaries = [summary(1, 'b'), summary(2, 'd'), summary(3, 'x')]
  expect(summaryOnBranch(branch('abcdef'), summaries)?.version).toBe(2)
  expect(summaryOnBranch(branch('abcx'), summaries)?.version).toBe(3)
  expect(summaryOnBranch(branch('az'), summaries)).toBeNull()
})

test('a newer version that reaches less far holds: somebody rolled back to it', () => {
  expect(summaryOnBranch(branch('abcdef'), [summary(1, 'd'), summary(2, 'b')])?.version).toBe(2)
})

test('what was summarised before a clear is not sent after it, and is again when the clear is undone', () => {
  const summaries = [summary(1, 'b')]
  expect(summaryOnBranch(branch('abcdef', 'd'), summaries)).toBeNull()
  expect(summaryOnBranch(branch('abcdef'), summaries)?.version).toBe(1)
})

test('what was summarised after a clear has not seen what came before it: undone, the version before holds', () => {
  const summaries = [summary(1, 'b'), summary(2, 'e', 'd')]
  expect(summaryOnBranch(branch('abcdef', 'd'), summaries)?.version).toBe(2)
  expect(summaryOnBranch(branch('abcdef'), summaries)?.version).toBe(1)
})

test('one that covers a message before a clear that was set later would repeat what was cleared', () => {
  expect(summaryOnBranch(branch('abcdef', 'b'), [summary(1, 'd')])).toBeNull()
})
