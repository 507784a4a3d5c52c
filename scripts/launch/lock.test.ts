import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isRunning, LockHeldError, takeLock } from './lock.ts'
import { identityOf } from './processes.ts'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stoa-lock-'))
  file = path.join(folder, 'launcher.lock')
})

afterEach(() => rm(folder, { recursive: true }))

/** A process to write into a lock, other than ours. */
async function withProcess<T>(use: (pid: number) => Promise<T>): Promise<T> {
  const child = spawn('sleep', ['60'])
  await once(child, 'spawn')
  try {
    return await use(child.pid ?? 0)
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

test('one of those who try at once gets it, and the others hear who', async () => {
  const results = await Promise.allSettled([takeLock(file), takeLock(file), takeLock(file)])
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const result of results) {
    if (result.status === 'fulfilled') continue
    expect(result.reason).toBeInstanceOf(LockHeldError)
    expect(result.reason.pid).toBe(process.pid)
  }
  expect(await readdir(folder)).toEqual(['launcher.lock'])
})

test('can be taken again once it was released', async () => {
  const lock = await takeLock(file)
  await lock.release()
  expect(await readdir(folder)).toEqual([])
  await takeLock(file)
})

test('is taken over from a holder that was killed, whose server is named while it runs', async () => {
  const gone = await withProcess(async (pid) => ({ pid, started: await identityOf(pid) }))
  await withProcess(async (pid) => {
    const server = { pid, started: await identityOf(pid) }
    await writeFile(file, JSON.stringify({ ...gone, server }))
    expect((await takeLock(file)).orphan).toEqual(server)
  })
  await rm(file)
  await writeFile(file, JSON.stringify({ ...gone, server: gone }))
  expect((await takeLock(file)).orphan).toBeUndefined()
})

test('is not held by another process that has got the number of the holder', async () => {
  await writeFile(file, JSON.stringify({ pid: process.pid, started: 'long ago' }))
  expect(await takeLock(file)).toBeDefined()
})

test('is taken over when its file says nothing', async () => {
  await writeFile(file, '{"pid":')
  expect(await takeLock(file)).toBeDefined()
})

test('leaves word of our server without letting go', async () => {
  const lock = await takeLock(file)
  await withProcess(async (pid) => {
    await lock.noteServer(pid)
    const { pid: holder, server } = JSON.parse(await readFile(file, 'utf8'))
    expect(holder).toBe(process.pid)
    expect(await isRunning(server)).toBe(true)
  })
  await expect(takeLock(file)).rejects.toBeInstanceOf(LockHeldError)
})
