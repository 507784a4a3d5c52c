import { expect, it } from 'vitest'
import { noteRunning, stopEverything } from './running.ts'

it('stops what still runs, the latest first and each once', async () => {
  const stopped: string[] = []
  const start = (name: string) =>
    noteRunning(async () => {
      stopped.push(name)
    })
  start('provider')
  const stopServer = start('server')
  start('database')
  await stopServer()
  await stopEverything()
  await stopEverything()
  expect(stopped).toEqual(['server', 'database', 'provider'])
})

it('stops the others when one does not stop', async () => {
  const stopped: string[] = []
  noteRunning(async () => {
    stopped.push('provider')
  })
  noteRunning(() => Promise.reject(new Error('stuck')))
  await expect(stopEverything()).rejects.toThrow('stuck')
  expect(stopped).toEqual(['provider'])
})
