import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { findFreePort, isPortFree } from './free-port.ts'

test('tells a taken port from a free one', async () => {
  const port = await findFreePort('127.0.0.1')
  expect(await isPortFree(port, '127.0.0.1')).toBe(true)
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  expect(await isPortFree(port, '127.0.0.1')).toBe(false)
  server.close()
  await once(server, 'close')
  expect(await isPortFree(port, '127.0.0.1')).toBe(true)
})

test('does not call an address free that is not ours', async () => {
  await expect(isPortFree(4000, '192.0.2.1')).rejects.toThrow(/EADDRNOTAVAIL/)
})
