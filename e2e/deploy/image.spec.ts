import { access, chmod, mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { openTurn } from '../faults/support/open-turn.ts'
import { numberedAnswer } from '../provider/answers.ts'
import { createPerson } from '../support/person.ts'
import { expect, test } from './support/test.ts'

test.describe.configure({ mode: 'default' })

test('as an ordinary user with nothing but its variables: migrates, signs up, answers, and drains on SIGTERM', async ({
  image,
  deployment: { variables },
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

test('without its prompts it refuses to start', async ({ image, deployment: { variables } }) => {
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
  image,
  deployment: { variables },
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

test('has the prompts and the migrations, and nothing of the tests', async ({ image }) => {
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
