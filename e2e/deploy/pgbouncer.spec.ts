import pg from 'pg'
import { lastAnswer, waitForEnd } from '../faults/support/turns.ts'
import { textOf } from '../support/api-client.ts'
import { createPerson } from '../support/person.ts'
import { needDebianProgram } from './support/debian-program.ts'
import { startPgBouncer } from './support/start-pgbouncer.ts'
import { expect, test } from './support/test.ts'

test('through PgBouncer in transaction mode: migrations past it, accounts, answers and background jobs through it', async ({
  image,
  deployment: { postgres, variables },
  browser,
  problems,
}) => {
  const packages = ['pgbouncer', 'libevent-2.1-7', 'libc-ares2']
  const program = await needDebianProgram(test.info(), 'pgbouncer', packages)
  const pooler = await startPgBouncer(program, postgres.url)
  const { DATABASE_URL: direct = '', ...others } = variables
  const address = new URL(direct)
  address.host = new URL(pooler.url).host
  const run = { ...others, DATABASE_URL: address.href, DIRECT_DATABASE_URL: direct }
  const containers = await Promise.all([image.run(run), image.run(run)])
  try {
    const [first, second] = await Promise.all(containers.map((container) => container.ready()))
    if (!first || !second) throw new Error('this needs two containers')
    const context = await browser.newContext({ baseURL: first.origin })
    problems.watch(context, first.origin)
    const { api, page } = await createPerson(context, await context.newPage(), first.origin)
    await page.close()
    expect((await api.call('GET', '/api/ready')).status).toBe(200)
    const turns = await Promise.all(
      Array.from({ length: 12 }, () => api.createConversation('[scenario:slow tokens=20 delay=5]')),
    )
    for (const { conversationId, frames } of turns) {
      await waitForEnd(api, conversationId)
      expect((await lastAnswer(api, conversationId)).text).toBe(textOf(frames))
    }
    // Titles are jobs, taken by whichever instance is free.
    const untitled = async () => {
      const { rows } = await query(
        postgres.url,
        'SELECT count(*)::int AS n FROM pgboss.job WHERE state <> $1',
        ['completed'],
      )
      return rows[0]?.n
    }
    await expect.poll(untitled).toBe(0)
    const { rows } = await query(pooler.url, 'SHOW statement_timeout')
    expect(rows).toEqual([{ statement_timeout: '10s' }])
    expect(await Promise.all([first.stop(), second.stop()])).toEqual(['exit 0', 'exit 0'])
    expect([first.output, second.output].join('')).not.toMatch(/prepared statement|"level":(50|60)/)
    expect(pooler.output()).not.toMatch(/ERROR|FATAL/)
    await context.close()
  } finally {
    await Promise.all(containers.map((container) => container.kill()))
    await pooler.stop()
  }
})

async function query(url: string, sql: string, values: string[] = []) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await client.query<Record<string, unknown>>(sql, values)
  } finally {
    await client.end()
  }
}
