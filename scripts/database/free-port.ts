import { createServer } from 'node:net'

/** Below what systems give to outgoing connections (from 32768 on), one of which could take a port before it is listened on. */
const PORTS = { first: 20_000, count: 12_000 }

/** Looks for longer than it takes wherever most ports are free. */
const TRIES = 50

/** A TCP port of this host that nothing listens on at the moment. */
export async function findFreePort(host: string): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = PORTS.first + Math.floor(Math.random() * PORTS.count)
    if (await isPortFree(port, host)) return port
  }
  throw new Error(`No free port on ${host}.`)
}

/** Whether a server could listen there. */
export function isPortFree(port: number, host: string): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>()
  const server = createServer()
  server.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
    else reject(error)
  })
  server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  return promise
}
