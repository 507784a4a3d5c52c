import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findFreePort } from '#scripts/database/free-port.ts'
import { groupOf } from '#scripts/launch/child-group.ts'
import { inProject } from '#scripts/launch/project.ts'
import { makeTemporaryFolder } from '#scripts/test/make-temporary-folder.ts'
import type { DebianProgram } from './debian-program.ts'

const START_MS = 10_000

export interface Nginx {
  origin: string
  stop(): Promise<void>
}

/** nginx with deploy/nginx/nginx.conf, of which only the port, the place of its files, and the servers behind it differ. */
export async function startNginx({ file, env }: DebianProgram, origins: string[]): Promise<Nginx> {
  const folder = await makeTemporaryFolder('stoa-nginx')
  const port = await findFreePort('127.0.0.1')
  const ours = await readFile(inProject('deploy/nginx/nginx.conf'), 'utf8')
  const configuration = path.join(folder, 'nginx.conf')
  await writeFile(
    configuration,
    ours.replace('listen 80;', `listen 127.0.0.1:${port};`).replaceAll(' /tmp/', ` ${folder}/`),
  )
  await writeFile(path.join(folder, 'upstream.conf'), await upstreamOf(origins))
  const child = spawn(file, ['-c', configuration, '-g', 'daemon off;'], {
    ...{ env, detached: true },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const group = groupOf(child)
  const stop = async () => {
    await group.stop(2_000)
    await rm(folder, { recursive: true })
  }
  try {
    const ended = group.ended.then((how) => {
      throw new Error(`nginx ended (${how}): ${output}`)
    })
    await Promise.race([waitUntilOpen(port), ended])
    return { origin: `http://127.0.0.1:${port}`, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Ours asks Docker for the addresses, in a way that Debian's nginx is too old for; the rest of it is kept. */
async function upstreamOf(origins: string[]): Promise<string> {
  const ours = await readFile(inProject('deploy/nginx/upstream.conf'), 'utf8')
  const servers = origins.map((origin) => `server ${new URL(origin).host};`).join('\n  ')
  return ours.replace(/^resolver .*$/m, '').replace('server stoa:3000 resolve;', servers)
}

async function waitUntilOpen(port: number): Promise<void> {
  const signal = AbortSignal.timeout(START_MS)
  while (!signal.aborted) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isOpen) return
    await delay(20)
  }
  throw new Error('nginx did not listen')
}
