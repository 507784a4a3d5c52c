import { access, chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { startTemporaryPostgres, type TemporaryPostgres } from '#scripts/database/temporary-postgres.ts'
import { makeTemporaryFolder } from '#scripts/test/make-temporary-folder.ts'
import { openTurn } from '../faults/support/open-turn.ts'
import { numberedAnswer } from '../provider/answers.ts'
import { type ScriptedProvider, startScriptedProvider } from '../provider/scripted-provider.ts'
import { createPerson } from '../support/person.ts'
import { test as base, expect } from '../support/test.ts'
import { Image } from './support/container.ts'

interface Deployment {
  image: Image
  postgres: TemporaryPostgres
  provider: ScriptedProvider
  /** What compose.yaml gives it, its secrets as files. */
  variables: Record<string, string>
}

const test = base.extend<object, { deployment: Deployment }>({
  deployment: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from this pattern.
    async ({}, use) => {
      const [image, postgres, provider] = await Promise.all([
        Image.layOut(),
        startTemporaryPostgres(),
        startScriptedProvider(),
      ])
      const secrets = await makeTemporaryFolder('stoa-secrets')
      const secret = async (name: string, text: string) => {
        await writeFile(path.join(secrets, name), `${text}\n`)
        return path.join(secrets, name)
      }
      const address = new URL(postgres.url)
      const password = decodeURIComponent(address.password)
      address.password = ''
      const variables = {
        DATABASE_URL: address.href,
        PGPASSWORD_FILE: await secret('postgres-password', password),
        AUTH_SECRET_FILE: await secret('auth-secret', 'a secret of the tests, which keep nothing'),
        OPENAI_BASE_URL: provider.url,
        OPENAI_API_KEY_FILE: await secret('key', 'test-key'),
        OPENAI_MODEL: 'scripted-main',
        OPENAI_UTILITY_MODEL: 'scripted-utility',
      }
      await use({ image, postgres, provider, variables })
      await Promise.all([image.dispose(), postgres.stop(), provider.stop(), rm(secrets, { recursive: true })])
    },
    { scope: 'worker', timeout: 60_000 },
  ],
})

test.describe.configure({ mode: 'default' })

test('as an ordinary user with nothing but its variables: migrates, signs up, answers, and drains on SIGTERM', async ({
  deployment: { image, variables },
  browser,
  problems,
}) => {
  expect(image.user).toBe('node')
  const container = await (await image.run(variables)).ready()
  try {
    expect(container.output).toContain('Applied migrations: ')
    expect(await container.isHealthy()).toBe(true)
    const context = await browser.newContext({ baseURL: container.origin })
    problems.watch(context, container.origin)
    const { api, page } = await createPerson(context, await context.newPage(), container.origin)
    // Its stream of events would go down with the server, which is not what this is about.
    await page.close()
    expect((await api.call('GET', '/api/ready')).status).toBe(200)

    const turn = await openTurn(api, 'slow tokens=150 delay=10')
    await expect.poll(() => turn.text).not.toBe('')
    expect(turn.text.length, 'it is streamed').toBeLessThan(numberedAnswer(150).length)
    expect(await container.stop()).toBe('exit 0')
    await turn.over
    expect(turn.text).toBe(numberedAnswer(150))
    expect(turn.end).toMatchObject({ status: 'complete' })
    expect(await container.isHealthy()).toBe(false)
    expect(container.output).not.toMatch(/EACCES|EROFS|ENOENT|Warning/)
    await context.close()
  } finally {
    await container.kill()
  }
})

test('without its prompts it refuses to start', async ({ deployment: { image, variables } }) => {
  const prompts = path.join(image.folder, 'prompts')
  await rename(prompts, `${prompts}-away`)
  try {
    for (const arrange of [async () => {}, () => mkdir(prompts)]) {
      await arrange()
      const container = await image.run(variables)
      expect(await container.ended).toBe('exit 1')
      expect(container.output).toContain('Stoa does not start.')
      expect(container.output).toContain('prompts.yaml')
    }
  } finally {
    await rm(prompts, { recursive: true, force: true })
    await rename(`${prompts}-away`, prompts)
  }
})

test('without a database or with secrets that cannot be read it says so and ends', async ({
  deployment: { image, variables },
}) => {
  const away = await image.run({ ...variables, DATABASE_URL: 'postgresql://stoa@127.0.0.1:9/stoa' })
  expect(await away.ended).toBe('exit 1')
  expect(away.output).toMatch(/migrations could not be applied: .*ECONNREFUSED/)

  const { DATABASE_URL: _, ...withoutDatabase } = variables
  const unset = await image.run(withoutDatabase)
  expect(await unset.ended).toBe('exit 1')
  expect(unset.output).toContain('DATABASE_URL is not set')

  const { AUTH_SECRET_FILE: file = '' } = variables
  await chmod(file, 0)
  // Root is refused nothing; the image's user is not root.
  const unreadable = await image.run(variables)
  expect(await unreadable.ended).toBe('exit 1')
  expect(unreadable.output).toMatch(/AUTH_SECRET_FILE names .* may not read/)
  await chmod(file, 0o644)
})

test('has the prompts and the migrations, and nothing of the tests', async ({ deployment: { image } }) => {
  const has = (file: string) =>
    access(path.join(image.folder, file)).then(
      () => true,
      () => false,
    )
  expect(await has('prompts/prompts.yaml')).toBe(true)
  expect(await has('prisma/migrations/migration_lock.toml')).toBe(true)
  for (const file of ['.env', 'e2e', 'node_modules/vitest', 'node_modules/typescript', 'scripts/test']) {
    expect(await has(file), file).toBe(false)
  }
})
