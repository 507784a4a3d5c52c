import { ApiClient } from '../support/api-client.ts'
import { expect, test } from './support/test.ts'
import { callsFor, expectHonest, takeTurn } from './support/turns.ts'

test.describe.configure({ mode: 'default' })

/** A parameter, what takes its place, and a configuration in which it is sent. */
const parameters: [name: string, replacement: string | null, env: Record<string, string>][] = [
  ['stream_options', null, {}],
  ['temperature', null, { OPENAI_TEMPERATURE: '0.5' }],
  ['max_completion_tokens', 'max_tokens', { OPENAI_MODEL: 'o3-scripted' }],
]

// What a server has learnt it knows until it ends: one for each parameter.
test.use({ stackOptions: { servers: parameters.map(([, , env]) => env) } })

for (const [index, [name, replacement, env]] of parameters.entries()) {
  test(`${name} refused (400): ${replacement ? `renamed to ${replacement}` : 'left out'} once, and from then on`, async ({
    stack,
    person,
  }) => {
    const server = stack.servers[index]
    const here = { api: new ApiClient(server?.origin ?? '', person.context) }
    const turn = await takeTurn(here, `refuses parameter=${name}`)
    expect(turn.told).toMatchObject({ status: 'complete', errorCode: null, fallbackFrom: null })
    expectHonest(stack, turn)
    const calls = callsFor(stack, turn)
    expect(calls.map(({ body }) => name in body)).toEqual([true, false])
    expect(calls[0]?.body.model).toBe(env.OPENAI_MODEL ?? 'scripted-main')
    if (replacement) expect(calls[1]?.body[replacement]).toBe(calls[0]?.body[name])

    const next = await takeTurn(here, `refuses parameter=${name}`, { after: turn })
    expect(next.told).toMatchObject({ status: 'complete' })
    expect(callsFor(stack, next).map(({ body }) => name in body)).toEqual([false])
  })
}
