import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { countCheck, countPlaywright, countVitest } from './test-counts.ts'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stoa-counts-'))
  file = path.join(folder, 'report.json')
})

afterEach(() => rm(folder, { recursive: true }))

test('counts a check as one', () => {
  expect(countCheck(true)).toEqual({ passed: 1, failed: 0 })
  expect(countCheck(false)).toEqual({ passed: 0, failed: 1 })
})

test("reads Vitest's report", async () => {
  await writeFile(file, JSON.stringify({ numPassedTests: 12, numFailedTests: 2 }))
  expect(await countVitest(file, false)).toEqual({ passed: 12, failed: 2 })
})

test("reads Playwright's report, in which a test that passed at the second try failed", async () => {
  await writeFile(file, JSON.stringify({ stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 3 } }))
  expect(await countPlaywright(file, false)).toEqual({ passed: 7, failed: 2, skipped: 3 })
})

test('counts a run that failed without a failed test, or without a report', async () => {
  await writeFile(file, JSON.stringify({ numPassedTests: 5, numFailedTests: 0 }))
  expect(await countVitest(file, false)).toEqual({ passed: 5, failed: 1 })
  expect(await countPlaywright(path.join(folder, 'none.json'), false)).toMatchObject({ passed: 0, failed: 1 })
})
