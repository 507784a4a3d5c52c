import { spawn } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { findFreePort } from '#scripts/database/free-port.ts'
import { groupOf } from '#scripts/launch/child-group.ts'
import { inProject } from '#scripts/launch/project.ts'
import { makeTemporaryFolder } from '#scripts/test/make-temporary-folder.ts'
import { NOBODY } from './container.ts'
import type { DebianProgram } from './debian-program.ts'

const START_MS = 10_000

export interface PgBouncer {
  /** The database through it. */
  url: string
  /** All that it printed so far. */
  output(): string
  stop(): Promise<void>
}

/** PgBouncer with deploy/pgbouncer/pgbouncer.ini, of which only the addresses and the place of its files differ. */
export async function startPgBouncer({ file, env }: DebianProgram, databaseUrl: string): Promise<PgBouncer> {
  const folder = await makeTemporaryFolder('stoa-pgbouncer')
  const port = await findFreePort('127.0.0.1')
  const url = new URL(databaseUrl)
  const { username, password, hostname, port: databasePort, pathname } = url
  const ours = await readFile(inProject('deploy/pgbouncer/pgbouncer.ini'), 'utf8')
  const configuration = path.join(folder, 'pgbouncer.ini')
  const name = pathname.slice(1)
  await writeFile(
    configuration,
    ours
      .replace(
        'stoa = host=postgres port=5432 dbname=stoa',
        `${name} = host=${hostname} port=${databasePort} dbname=${name}`,
      )
      .replace('listen_addr = 0.0.0.0', 'listen_addr = 127.0.0.1')
      .replace('listen_port = 6432', `listen_port = ${port}`)
      .replace('/tmp/userlist.txt', path.join(folder, 'userlist.txt')),
  )
  await writeFile(path.join(folder, 'userlist.txt'), `"${username}" "${decodeURIComponent(password)}"\n`)
  const child = spawn(file, [configuration], {
    ...{ env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
    // It refuses to run as root.
    ...(process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY }),
  })
  let output = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const group = groupOf(child)
  const stop = async () => {
    await group.kill()
    await rm(folder, { recursive: true })
  }
  url.host = `127.0.0.1:${port}`
  try {
    const ended = group.ended.then((how) => {
      throw new Error(`PgBouncer ended (${how}): ${output}`)
    })
    await Promise.race([waitUntilItAnswers(url.href), ended])
    return { url: url.href, output: () => output, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function waitUntilItAnswers(url: string): Promise<void> {
  const signal = AbortSignal.timeout(START_MS)
  let last: unknown
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.query('SELECT 1')
      return
    } catch (error) {
      last = error
      await delay(50)
    } finally {
      await client.end()
    }
  }
  throw new Error(`PgBouncer does not answer: ${last}`)
}
