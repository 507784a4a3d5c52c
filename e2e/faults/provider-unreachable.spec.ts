import { findFreePort } from '#scripts/database/free-port.ts'
import { startScriptedProvider } from '../provider/scripted-provider.ts'
import { ApiClient } from '../support/api-client.ts'
import { expect, test } from './support/test.ts'
import { callsFor, expectHonest, expectNextTurn, takeTurn } from './support/turns.ts'

test.describe.configure({ mode: 'default' })

test('connection refused: unreachable within seconds, and answered as soon as somebody listens', async ({
  stack,
  person,
}) => {
  const port = await findFreePort('127.0.0.1')
  const server = await stack.addServer({ OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` })
  const here = { api: new ApiClient(server.origin, person.context) }
  const turn = await takeTurn(here, 'plain')
  expect(turn.told).toMatchObject({ status: 'failed', errorCode: 'provider_unreachable' })
  expect(turn.tookMs).toBeLessThan(8_000)
  expectHonest(stack, turn)

  const provider = await startScriptedProvider({ port })
  const next = await takeTurn(here, 'plain', { after: turn })
  await provider.stop()
  expect(next.told).toMatchObject({ status: 'complete' })
  const [call] = provider.requests.filter(({ kind }) => kind === 'answer')
  expect(call?.body.messages.map(({ role }) => role)).toEqual(['system', 'user', 'user'])
})

/** Addresses that lead to no provider. */
const addresses: [fault: string, addressOf: (provider: string) => string][] = [
  ['a name that does not exist (DNS)', () => 'http://nowhere.invalid/v1'],
  ['a provider without TLS behind https', (provider) => provider.replace('http:', 'https:')],
]

for (const [fault, addressOf] of addresses) {
  test(`${fault}: unreachable within seconds`, async ({ stack, person }) => {
    const server = await stack.addServer({ OPENAI_BASE_URL: addressOf(stack.provider.url) })
    const here = { api: new ApiClient(server.origin, person.context) }
    const turn = await takeTurn(here, 'plain')
    expect(turn.told).toMatchObject({ status: 'failed', errorCode: 'provider_unreachable' })
    expect(turn.tookMs).toBeLessThan(8_000)
    expectHonest(stack, turn)
    expect(callsFor(stack, turn)).toHaveLength(0)
    // On a server whose address is right.
    await expectNextTurn(stack, person, turn)
  })
}
