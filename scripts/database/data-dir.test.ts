import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keepSecret, openDataDir } from './data-dir.ts'

const OPEN_MODE = process.getuid?.() === 0 ? 0o711 : 0o700

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stoa-data-'))
})

afterEach(() => rm(folder, { recursive: true }))

async function modeOf(file: string) {
  return (await stat(file)).mode & 0o777
}

describe('openDataDir', () => {
  test('makes the folder, and lets the database through when we are root', async () => {
    const dataDir = path.join(folder, 'deep', '.data')
    await openDataDir(dataDir)
    expect(await modeOf(dataDir)).toBe(OPEN_MODE)
  })

  test('sets the mode of an empty folder, and leaves that of any other alone', async () => {
    await openDataDir(folder)
    expect(await modeOf(folder)).toBe(OPEN_MODE)
    await writeFile(path.join(folder, 'letter.txt'), 'private')
    await chmod(folder, 0o750)
    await openDataDir(folder)
    expect(await modeOf(folder)).toBe(0o750)
  })
})

describe('keepSecret', () => {
  test('makes one secret, whoever asks first, that only its owner reads', async () => {
    const file = path.join(folder, 'auth-secret')
    const secrets = new Set(await Promise.all([keepSecret(file), keepSecret(file)]))
    secrets.add(await keepSecret(file))
    expect([...secrets]).toEqual([expect.stringMatching(/^[\w-]{43}$/)])
    expect(await modeOf(file)).toBe(0o600)
  })

  test('keeps one that a person wrote', async () => {
    const file = path.join(folder, 'auth-secret')
    await writeFile(file, '  mine \n')
    expect(await keepSecret(file)).toBe('mine')
    expect(await readFile(file, 'utf8')).toBe('  mine \n')
  })

  test('says so when the file is empty', async () => {
    const file = path.join(folder, 'auth-secret')
    await writeFile(file, '')
    await expect(keepSecret(file)).rejects.toThrow(/auth-secret is empty/)
  })
})
