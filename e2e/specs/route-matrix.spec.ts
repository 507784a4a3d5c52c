import { expect, test } from '@playwright/test'
import { actionEntries } from '../matrix/action-entries.ts'
import { type Answer, callAction, callRoute, type Operation } from '../matrix/calls.ts'
import { routeEntries } from '../matrix/entries.ts'
import { routeOperations, serverActions } from '../matrix/routes.ts'
import { OWNERS_WORD, type Scene, startScene } from '../matrix/scene.ts'

/**
 * Every route and server action × everybody who may not. One server, whose rows are compared before and after. No page.
 */
test.describe.configure({ mode: 'default' })

const operations: Operation[] = Object.entries(routeEntries).map(([name, entry]) => ({ name, entry }))
const NOBODYS_ID = '01900000-0000-7000-8000-000000000000'
const FOREIGN = 'https://foreign.invalid'

let scene: Scene
test.beforeAll(async () => {
  // No proxy stands in front of it.
  scene = await startScene({ TRUST_PROXY: '0' })
})
test.afterAll(() => scene[Symbol.asyncDispose]())

function takesTokens({ entry: { door } }: Operation): boolean {
  return door === 'read' || door === 'write'
}

function changes({ name }: Operation): boolean {
  return !name.startsWith('GET ')
}

/** Refused with this status, as an error of ours that tells nothing of the owner's and may be kept by nobody. */
function expectRefused({ status, text, headers }: Answer, wanted: number | number[], name: string): void {
  expect.soft([wanted].flat(), `${name} answered ${status}: ${text.slice(0, 200)}`).toContain(status)
  expect.soft(text, name).not.toContain(OWNERS_WORD)
  expect.soft(text, name).toMatch(/"code":"[a-z_]+"/)
  expect.soft(headers.get('set-cookie') ?? '', name).not.toContain('session-token=ey')
  expectPrivate(headers, name)
}

function expectPrivate(headers: Headers, name: string): void {
  expect.soft(headers.get('cache-control'), name).toMatch(/no-store/)
  expect.soft(headers.get('access-control-allow-origin'), name).toBeNull()
}

async function expectNoEffect(refusals: () => Promise<void>): Promise<void> {
  const before = await scene.snapshot()
  await refusals()
  expect(await scene.snapshot()).toBe(before)
}

test('every route and every server action has an entry, and no entry is of one that is gone', async () => {
  expect(Object.keys(routeEntries).sort()).toEqual(await routeOperations())
  const actions = await serverActions()
  expect(Object.keys(actionEntries).sort()).toEqual(actions.map(({ name }) => name).sort())
})

test('nobody who is signed out, disabled, or has a token that does not hold gets in', async () => {
  await expectNoEffect(async () => {
    const { disabled, owner, tokens } = scene
    for (const operation of operations.filter(({ entry }) => entry.door !== 'open')) {
      const { name } = operation
      expectRefused(await callRoute(scene, operation, {}), 401, `${name} signed out`)
      expectRefused(await callRoute(scene, operation, { as: disabled }), 401, `${name} disabled`)
      for (const kind of ['revoked', 'expired', 'disabled'] as const) {
        const answer = await callRoute(scene, operation, { token: tokens[kind] })
        expectRefused(answer, 401, `${name} ${kind} token`)
        if (!takesTokens(operation)) continue
        // A token that does not hold does not fall back on the browser's session.
        const both = await callRoute(scene, operation, { token: tokens[kind], as: owner })
        expectRefused(both, 401, `${name} ${kind} token beside a session`)
      }
    }
  })
})

test('a token opens only what its scope says, and nothing that is a browser alone may', async () => {
  await expectNoEffect(async () => {
    for (const operation of operations) {
      const { name, entry } = operation
      if (entry.door === 'write') {
        const answer = await callRoute(scene, operation, { token: scene.tokens.read })
        expectRefused(answer, 403, `${name} read token`)
      }
      if (entry.door === 'session' || entry.door === 'administrator') {
        const answer = await callRoute(scene, operation, { token: scene.tokens.write })
        expectRefused(answer, 401, `${name} token`)
      }
    }
  })
})

test('nobody else sees or changes what is the owner’s', async () => {
  await expectNoEffect(async () => {
    for (const operation of operations) {
      const { name, entry } = operation
      const answer = await callRoute(scene, operation, { as: scene.other })
      if (entry.door === 'administrator') expectRefused(answer, 403, `${name} member`)
      else if (entry.stranger === 'none') expectRefused(answer, 404, `${name} somebody else`)
      expect.soft(answer.text, name).not.toContain(OWNERS_WORD)
      expect.soft(answer.status, name).toBeLessThan(500)
      if (!entry.mayBeKept) expectPrivate(answer.headers, name)
    }
  })
})

test('another site’s page does nothing with the owner’s session', async () => {
  await expectNoEffect(async () => {
    for (const operation of operations.filter((each) => changes(each) && each.entry.door !== 'open')) {
      const { administrator, owner } = scene
      const as = operation.entry.door === 'administrator' ? administrator : owner
      for (const origin of [FOREIGN, 'null', 'not an origin']) {
        expectRefused(
          await callRoute(scene, operation, { as, origin }),
          403,
          `${operation.name} from ${origin}`,
        )
      }
    }
    for (const operation of operations.filter((each) => !changes(each))) {
      const answer = await callRoute(scene, operation, { as: scene.owner, origin: FOREIGN })
      if (!operation.entry.mayBeKept) expectPrivate(answer.headers, `${operation.name} from ${FOREIGN}`)
    }
  })
})

test('what has the wrong shape is refused', async () => {
  const bodies = ['', '{', '[]', 'null', '7', '{"zzunknown":1}', '"\\u0000"']
  await expectNoEffect(async () => {
    for (const operation of operations) {
      const { name, entry } = operation
      const as = entry.door === 'administrator' ? scene.administrator : scene.owner
      if (entry.body) {
        for (const body of bodies) {
          // Nothing needs to be said to stop.
          if (body === '{}') continue
          expectRefused(await callRoute(scene, operation, { as, body }), 400, `${name} ${body}`)
        }
        const typed = await callRoute(scene, operation, { as, contentType: 'text/plain' })
        expectRefused(typed, 415, `${name} as text`)
        const large = await callRoute(scene, operation, { as, body: `"${'x'.repeat(1_100_000)}"` })
        expectRefused(large, 413, `${name} of a megabyte`)
      }
      if (entry.badQuery !== undefined) {
        const answer = await callRoute(scene, operation, { as, query: entry.badQuery })
        expect.soft(answer.status, `${name}${entry.badQuery}`).toBe(400)
      }
      for (const parameter of parametersOf(name)) {
        for (const id of ['x', '%00', '%E0', encodeURIComponent("' or 1=1 --"), NOBODYS_ID]) {
          const ids = { ...scene.ids, [parameter]: id }
          expectRefused(
            await callRoute(scene, operation, { as, ids }),
            [400, 404],
            `${name} ${parameter}=${id}`,
          )
        }
      }
    }
  })
})

function parametersOf(name: string): string[] {
  return [...name.matchAll(/\[(\w+)\]/g)].flatMap(([, parameter]) => parameter ?? [])
}

test('a session is out of reach of scripts and other sites, and of plain HTTP once it was HTTPS', async () => {
  const { origin, owner } = scene
  const renewed = async (headers: Record<string, string>) => {
    const response = await fetch(`${origin}/api/auth/session`, { headers })
    return response.headers.getSetCookie().find((cookie) => cookie.includes('session-token='))
  }
  const plain = await renewed({ cookie: owner.cookie })
  expect(plain).toMatch(/^stoa\.session-token=.*; HttpOnly; SameSite=Lax$/)
  const secure = await renewed({ cookie: owner.secureCookie, 'x-forwarded-proto': 'https' })
  expect(secure).toMatch(/^__Host-stoa\.session-token=.*; Path=\/;.*; HttpOnly; Secure; SameSite=Lax$/)
})

test('an action does nothing for whoever may not, nor from another site', async () => {
  const ids = new Map((await serverActions()).map(({ name, id }) => [name, id]))
  await expectNoEffect(async () => {
    for (const [name, { path, fields, door }] of Object.entries(actionEntries)) {
      const id = ids.get(name)
      if (!id) continue
      const call = { scene, id, path, fields: fields(scene) }
      // An action that takes nothing is called rightly with nothing.
      const takesForm = Object.keys(call.fields).length > 0
      const refusals = {
        'somebody else': { ...call, as: scene.other },
        'signed out': call,
        disabled: { ...call, as: scene.disabled },
        'another site': { ...call, as: scene.owner, origin: FOREIGN },
        ...(takesForm && { 'no form': { ...call, as: scene.owner, body: '[]' } }),
        'not a body': { ...call, as: scene.owner, body: '{' },
        'an unknown action': { ...call, as: scene.owner, id: `${id.slice(0, -4)}0000` },
      }
      for (const [who, refusal] of Object.entries(refusals)) {
        const { text, headers, status } = await callAction(refusal)
        const what = `${name} ${who}: ${status} ${text.slice(0, 200)}`
        expect.soft(text.replaceAll(scene.owner.email, ''), what).not.toContain(OWNERS_WORD)
        if (door === 'open' || who === 'somebody else') continue
        expect.soft(headers.get('x-action-redirect') ?? `${status}`, what).toMatch(/^\/login|^(409|500)$/)
      }
    }
  })
})

test('these actions work for whom they are meant', async () => {
  for (const { name, id } of await serverActions()) {
    const entry = actionEntries[name]
    if (!entry || !id || entry.door === 'open') continue
    const as = await scene.addPerson(entry.door === 'administrator' ? { role: 'administrator' } : {})
    const before = await scene.snapshot(as)
    await callAction({ scene, id, path: entry.path, fields: entry.fields(scene), as })
    expect.soft(await scene.snapshot(as), name).not.toBe(before)
  }
})

test('all of these requests work for whom they are meant', async () => {
  for (const operation of operations) {
    const { name, entry } = operation
    const as = entry.door === 'administrator' ? scene.administrator : scene.owner
    const { status, text } = await callRoute(scene, operation, entry.door === 'open' ? {} : { as })
    expect.soft(status, `${name}: ${text.slice(0, 200)}`).toBe(entry.owner)
  }
})

// The last one, since nobody signs in from here for a while afterwards.
test('whoever names another address with every guess is counted all the same', async () => {
  const signIn = (await serverActions()).find(({ name }) => name.endsWith('#signInAction'))
  if (!signIn?.id) throw new Error('no action signs in')
  const { id } = signIn
  const guess = async (number: number) => {
    const fields = { email: `nobody-${number}@example.test`, password: 'not the password' }
    const headers = { 'x-forwarded-for': `198.51.100.${number}` }
    return (await callAction({ scene, id, path: '/login', fields, headers })).text
  }
  const answers: string[] = []
  // Ten at once: of more, a busy machine turns some away before they are counted.
  for (let first = 0; first < 60; first += 10)
    answers.push(...(await Promise.all(Array.from({ length: 10 }, (_, index) => guess(first + index)))))
  expect(answers.filter((text) => text.includes('Too many attempts')).length).toBeGreaterThanOrEqual(10)
})
