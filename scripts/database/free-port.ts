import { createServer } from 'node:net'

/** A TCP port of this host that nothing listens on at the moment: the wanted one, or any. */
export async function findFreePort(host: string): Promise<number> {
  const port = await tryPort(0, host)
  if (port === undefined) throw new Error(`No free port on ${host}.`)
  return port
}

/** Whether a server could listen there. */
export async function isPortFree(port: number, host: string): Promise<boolean> {
  return (await tryPort(port, host)) !== undefined
}

function tryPort(port: number, host: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  const server = createServer()
  server.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined)
    else reject(error)
  })
  server.listen({ port, host, exclusive: true }, () => {
    const address = server.address()
    const found = typeof address === 'object' && address ? address.port : undefined
    server.close(() => resolve(found))
  })
  return promise
}
