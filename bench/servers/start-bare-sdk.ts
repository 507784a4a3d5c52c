import { readFile, writeFile } from 'node:fs/promises'
import { findFreePort } from '#scripts/database/free-port.ts'
import { inProject } from '#scripts/launch/project.ts'
import { runTool } from '#scripts/launch/run-tool.ts'
import { stampSources } from '#scripts/launch/source-stamp.ts'
import { type Contender, messageFor } from './contender.ts'
import { startProcess } from './start-process.ts'

const APP = inProject('bench/bare-sdk')
const STAMP_FILE = inProject('bench/bare-sdk/.next/stoa-bench')

/** Builds the bare AI SDK app, unless the last build was of these sources and packages. */
export async function buildBareSdk(): Promise<void> {
  const stamp = `${await stampSources(APP)} ${await readFile(inProject('package-lock.json'), 'utf8')}`
  if ((await readFile(STAMP_FILE, 'utf8').catch(() => '')) === stamp) return
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  await runTool(inProject('node_modules/next/dist/bin/next'), ['build', APP], { env })
  await writeFile(STAMP_FILE, stamp)
}

/** (b) A production Next app with one route: `streamText`, without accounts and storage. */
export async function startBareSdk(
  providerUrl: string,
  env: Record<string, string> = {},
): Promise<Contender> {
  const port = await findFreePort('127.0.0.1')
  const { pid, stop } = await startProcess({
    file: inProject('bench/bare-sdk/.next/standalone/bench/bare-sdk/server.js'),
    env: { ...env, OPENAI_BASE_URL: providerUrl, HOSTNAME: '127.0.0.1', PORT: String(port) },
    ready: /Ready in/,
  })
  return {
    name: 'sdk',
    pid,
    database: null,
    request: (shape) => ({
      url: `http://127.0.0.1:${port}/api/chat`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        messages: [{ id: 'message', role: 'user', parts: [{ type: 'text', text: messageFor(shape) }] }],
      }),
    }),
    stop,
  }
}
