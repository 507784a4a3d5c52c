import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { openTurn } from '../faults/support/open-turn.ts'
import { endOf, lastAnswer } from '../faults/support/turns.ts'
import { numberedAnswer } from '../provider/answers.ts'
import { ApiClient, readTurn, textOf } from '../support/api-client.ts'
import { createPerson, fillSignIn } from '../support/person.ts'
import { needDebianProgram } from './support/debian-program.ts'
import { type Nginx, startNginx } from './support/start-nginx.ts'
import { expect, test } from './support/test.ts'

test.describe.configure({ mode: 'default' })

const nginx = () => needDebianProgram(test.info(), 'nginx', ['nginx', 'nginx-common'])

/** A server that is not Stoa, behind nginx: shows what nginx itself does. */
async function startBehindNginx(onRequest: RequestListener): Promise<Nginx> {
  const program = await nginx()
  const server = createServer(onRequest).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const proxy = await startNginx(program, [`http://127.0.0.1:${port}`])
  return {
    origin: proxy.origin,
    async stop() {
      await proxy.stop()
      server.close()
      server.closeAllConnections()
    },
  }
}

test('it says for which address, and last from where, a request came, whatever that says itself; it keeps the metrics back', async () => {
  const received: IncomingMessage[] = []
  const proxy = await startBehindNginx((request, response) => {
    received.push(request)
    request.resume().on('end', () => response.end('ok'))
  })
  const { host } = new URL(proxy.origin)
  try {
    const response = await fetch(`${proxy.origin}/api/x`, {
      method: 'POST',
      headers: {
        'x-forwarded-for': '203.0.113.9',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'evil.test',
      },
      body: 'x'.repeat(1_500_000),
    })
    expect(response.status, 'Stoa judges the size').toBe(200)
    expect(received[0]?.headers).toMatchObject({
      host,
      'x-forwarded-host': host,
      'x-forwarded-proto': 'http',
      'x-forwarded-for': '203.0.113.9, 127.0.0.1',
    })
    expect((await fetch(`${proxy.origin}/metrics`)).status).toBe(404)
    expect(received).toHaveLength(1)
  } finally {
    await proxy.stop()
  }
})

test('it holds nothing back, also where an answer does not ask for that', async () => {
  const { promise: seen, resolve: see } = Promise.withResolvers<void>()
  const proxy = await startBehindNginx(async (_, response) => {
    // Chunks, it passes on whatever it is told; this it would collect.
    response.writeHead(200, { 'content-length': 'first last'.length })
    response.write('first ')
    await seen
    response.end('last')
  })
  try {
    const response = await fetch(proxy.origin, { signal: AbortSignal.timeout(5_000) })
    let text = ''
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += piece
      // Only now is the rest written.
      see()
    }
    expect(text).toBe('first last')
  } finally {
    see()
    await proxy.stop()
  }
})

test('two instances behind nginx: streams come as they are made, sign-in works, and one may go', async ({
  image,
  deployment: { variables },
  browser,
  problems,
}) => {
  const program = await nginx()
  const first = await (await image.run(variables)).ready()
  const second = await (await image.run(variables)).ready()
  const proxy = await startNginx(program, [first.origin, second.origin])
  try {
    const context = await browser.newContext({ baseURL: proxy.origin })
    problems.watch(context, proxy.origin)
    // Pages lose their streams of events with the instance that is killed, and open them anew.
    problems.allow(/net::ERR_(INCOMPLETE_CHUNKED_ENCODING|CONNECTION_\w+|EMPTY_RESPONSE)|50[24]/)
    const person = await createPerson(context, await context.newPage(), proxy.origin)

    const turn = await openTurn(person.api, 'slow tokens=100 delay=20')
    await turn.over
    expect(turn.text).toBe(numberedAnswer(100))
    const pieces = turn.events.filter(({ frame }) => frame.type === 'text-delta')
    const [begun = 0, ended = 0] = [pieces.at(0)?.receivedAt, pieces.at(-1)?.receivedAt]
    expect(pieces.length, 'in pieces').toBeGreaterThan(20)
    expect(ended - begun, 'over the time that it takes to make them').toBeGreaterThan(1_500)

    await first.kill()
    const sent = await Promise.all(
      Array.from({ length: 6 }, () => person.api.send('[scenario:slow tokens=10 delay=5]')),
    )
    for (const { response, conversationId } of sent) {
      const events = await readTurn(response)
      expect(textOf(events)).toBe(numberedAnswer(10))
      expect(endOf(events)).toMatchObject({ status: 'complete' })
      expect((await lastAnswer(person.api, conversationId)).text).toBe(numberedAnswer(10))
    }
    await context.clearCookies()
    await person.page.goto('/login')
    await fillSignIn(person.page, person)
    await expect(person.page.getByRole('textbox', { name: 'Message' })).toBeVisible()
    const foreign = await new ApiClient(proxy.origin, context).call('POST', '/api/chat', {
      json: {},
      headers: { origin: 'http://127.0.0.1' },
    })
    expect(foreign.status, 'another port is another origin').toBe(403)
    await context.close()
  } finally {
    await Promise.all([proxy.stop(), first.kill(), second.kill()])
  }
})
