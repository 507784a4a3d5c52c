import { spawn } from 'node:child_process'
import { groupOf } from './launch/child-group.ts'
import { generateClient } from './launch/generate-client.ts'
import { type Launch, launch } from './launch/launch.ts'
import { inProject, PROJECT_DIR } from './launch/project.ts'
import { aborted } from './launch/stop-signals.ts'

const STOP_MS = 10_000

/** `npm run dev`: the same database, and Next's development server, which reloads code and prompts. */
await launch({ prepare: generateClient, serve })

async function serve({ host, port, database, lock, signals, variables }: Launch): Promise<number> {
  console.log(`Data: ${database.place}`)
  const args = [
    inProject('node_modules/next/dist/bin/next'),
    'dev',
    '--hostname',
    host,
    '--port',
    String(port),
  ]
  const child = spawn(process.execPath, args, {
    cwd: PROJECT_DIR,
    env: { ...variables, NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  })
  const server = groupOf(child)
  if (child.pid !== undefined) await lock.noteServer(child.pid)
  signals.forcing.addEventListener('abort', server.kill)
  const how = await Promise.race([server.ended, aborted(signals.stopping)])
  await server.stop(STOP_MS)
  if (!how) return 0
  console.error(`Next's development server ended (${how}).`)
  return 1
}
