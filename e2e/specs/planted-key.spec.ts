import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { v7 as uuid } from 'uuid'
import { STANDALONE_DIR } from '#scripts/launch/build.ts'
import { callRoute } from '../matrix/calls.ts'
import { routeEntries } from '../matrix/entries.ts'
import { AUTH_SECRET, METRICS_TOKEN, type Scene, startScene } from '../matrix/scene.ts'

const planted = {
  OPENAI_API_KEY: 'sk-planted-key-of-openai',
  AUTH_GITHUB_ID: 'zzplanted-github-id',
  AUTH_GITHUB_SECRET: 'zzplanted-github-secret',
}
const secrets = [planted.OPENAI_API_KEY, planted.AUTH_GITHUB_SECRET, AUTH_SECRET, METRICS_TOKEN]
const names = ['AUTH_SECRET', 'AUTH_GITHUB_SECRET', 'DATABASE_URL']
const LOGGED_WORD = 'zzneverlogged'

function expectNone(text: string, where: string): void {
  for (const secret of secrets) expect.soft(text.includes(secret), `a secret in ${where}`).toBe(false)
}

async function get(scene: Scene, path: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(scene.origin + path, {
    headers: { cookie: scene.administrator.cookie, connection: 'close', ...headers },
  })
  return `${JSON.stringify([...response.headers])} ${await response.text()}`
}

test('no secret is in an asset, a page, an answer, an error or the log', async () => {
  // The most that it can log.
  await using scene = await startScene({ ...planted, LOG_LEVEL: 'trace' })

  for (const page of [
    '/',
    '/login',
    '/register',
    '/settings',
    '/usage',
    '/usage/budgets',
    '/personas',
    '/nowhere',
  ]) {
    expectNone(await get(scene, page), page)
    // What the router asks for when it goes there.
    expectNone(await get(scene, page, { rsc: '1' }), `${page} as a payload`)
  }
  for (const [name, entry] of Object.entries(routeEntries)) {
    if (!name.startsWith('GET ')) continue
    const { text, headers } = await callRoute(scene, { name, entry }, { as: scene.owner })
    expectNone(JSON.stringify([...headers]) + text, name)
  }

  // OpenAI puts the key into the words of its 401.
  const faults = [
    'status code=401',
    'status code=500',
    'status code=429',
    'html code=502',
    'malformed',
    'cut',
  ]
  for (const fault of faults) {
    const conversationId = uuid()
    const text = `${LOGGED_WORD} [scenario:${fault}]`
    const body = JSON.stringify({ conversationId, parentId: null, message: { id: uuid(), text } })
    const operation = {
      name: 'POST /api/chat',
      entry: { door: 'session', owner: 200, stranger: 'own' },
    } as const
    expectNone((await callRoute(scene, operation, { as: scene.owner, body })).text, fault)
    const headers = { cookie: scene.owner.cookie }
    expectNone(await get(scene, `/api/conversations/${conversationId}`, headers), `what is kept of ${fault}`)
  }

  const folder = path.join(STANDALONE_DIR, '.next/static')
  const files = (await Array.fromAsync(glob('**/*.*', { cwd: folder }))).filter(
    (file) => !/\.woff2?$/.test(file),
  )
  expect(files.length).toBeGreaterThan(10)
  for (const file of files) {
    const text = await readFile(path.join(folder, file), 'utf8')
    expectNone(text, file)
    // Nor the module that reads them.
    for (const name of names) expect.soft(text.includes(name), `${name} in ${file}`).toBe(false)
  }

  const log = scene.output()
  expect(log, 'the log tells of the turns').toContain('"level"')
  expectNone(log, 'the log')
  expect(log).not.toContain(LOGGED_WORD)
  for (const { cookie } of [scene.owner, scene.administrator]) {
    expect(log.includes(cookie.slice(-40)), 'a session in the log').toBe(false)
  }
  for (const token of Object.values(scene.tokens))
    expect(log.includes(token), 'a token in the log').toBe(false)
})
