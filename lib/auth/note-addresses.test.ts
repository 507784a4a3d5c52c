import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { noteAddresses } from './note-addresses.ts'

describe('noteAddresses', () => {
  it('leaves one address in the header, whatever came in it', async () => {
    noteAddresses()
    const server = createServer((request, response) => response.end(request.headers['x-forwarded-for']))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('no port')
      const url = `http://127.0.0.1:${address.port}`
      const seen = async (headers: Record<string, string>) => (await fetch(url, { headers })).text()
      expect(await seen({})).toBe('127.0.0.1')
      expect(await seen({ 'x-forwarded-for': 'forged, 203.0.113.9' })).toBe('203.0.113.9')
    } finally {
      server.close()
    }
  })
})
