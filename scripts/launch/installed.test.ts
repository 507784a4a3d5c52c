import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isInstalled, nodeOf } from './installed.mjs'

const packages = {
  '': { version: '0.1.0' },
  'node_modules/next': { version: '16.4.6' },
  'node_modules/@next/swc-darwin-arm64': { version: '16.4.6', optional: true },
}

let root: string

async function writeLock(file: string, content: Record<string, unknown>) {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true })
  await writeFile(path.join(root, file), JSON.stringify({ packages: content }))
}

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'stoa-installed-'))
  await writeLock('package-lock.json', packages)
  await writeLock('node_modules/.package-lock.json', { 'node_modules/next': { version: '16.4.6' } })
  await mkdir(path.dirname(nodeOf(root)), { recursive: true })
  await writeFile(nodeOf(root), '')
})

afterEach(() => rm(root, { recursive: true }))

test('holds when every package is there, those for other machines aside', () => {
  expect(isInstalled(root)).toBe(true)
})

test('does not hold for another version, or a package that is missing', async () => {
  await writeLock('package-lock.json', { ...packages, 'node_modules/next': { version: '16.4.7' } })
  expect(isInstalled(root)).toBe(false)
  await writeLock('package-lock.json', { ...packages, 'node_modules/pg': { version: '8.0.0' } })
  expect(isInstalled(root)).toBe(false)
})

test('does not hold in a fresh clone, or after an install that was cut short', async () => {
  await rm(path.join(root, 'node_modules/.package-lock.json'))
  expect(isInstalled(root)).toBe(false)
})

test('does not hold without the Node that an install script brings', async () => {
  await rm(nodeOf(root))
  expect(isInstalled(root)).toBe(false)
})
