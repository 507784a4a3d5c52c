import { Agent, createServer, request as httpRequest } from 'node:http'
import { parseArgs } from 'node:util'

// The floor: a server that does nothing but forward bytes to the provider and back.
const { values } = parseArgs({ options: { target: { type: 'string' } } })
const target = new URL(values.target ?? '')
const agent = new Agent({ keepAlive: true })

const server = createServer((incoming, outgoing) => {
  const { method, url, headers } = incoming
  const forwarded = httpRequest(
    { agent, host: target.hostname, port: target.port, path: url, method, headers },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    },
  )
  forwarded.once('error', () => outgoing.destroy())
  incoming.pipe(forwarded)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  process.stdout.write(`LISTENING=http://127.0.0.1:${address.port}\n`)
})
