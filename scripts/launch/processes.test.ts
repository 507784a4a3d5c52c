import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { commandOf, identityOf, isAlive, waitForExit } from './processes.ts'

test('knows our own process', async () => {
  expect(await isAlive(process.pid)).toBe(true)
  expect(await commandOf(process.pid)).toMatch(/node|vitest|MainThread/i)
  expect(await identityOf(process.pid)).toBe(await identityOf(process.pid))
})

test.each([0, -1, 1.5, Number.NaN])('takes %d for no process', async (pid) => {
  expect(await isAlive(pid)).toBe(false)
})

test('notices the end of a process, also while its parent has not', async () => {
  // The shell's child ends at once, and the shell, which is `sleep` by then, never asks for it.
  const shell = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'])
  const [output] = await once(shell.stdout, 'data')
  const pid = Number(String(output))
  expect(await waitForExit(pid, 5000)).toBe(true)

  expect(await waitForExit(shell.pid ?? 0, 50)).toBe(false)
  shell.kill('SIGKILL')
  await once(shell, 'exit')
  expect(await isAlive(shell.pid ?? 0)).toBe(false)
  expect(await identityOf(shell.pid ?? 0)).toBeUndefined()
})
