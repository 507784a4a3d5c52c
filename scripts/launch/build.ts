import { cp, glob, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { generateClient } from './generate-client.ts'
import { LaunchError } from './launch-error.ts'
import { type Lock, LockHeldError, takeLock } from './lock.ts'
import { inProject, PROJECT_DIR } from './project.ts'
import { runTool } from './run-tool.ts'
import { stampSources } from './source-stamp.ts'

/** Where `next build` leaves what runs without node_modules. */
export const STANDALONE_DIR = inProject('.next/standalone')

const STAMP_FILE = inProject('.next/stoa-build')

/**
 * Builds for production, unless the last build was of these very sources.
 *
 * @param signal Gives the build up.
 * @param onBuild Called before a build that takes its time.
 * @throws ToolError with all that the build printed; LaunchError when another process builds.
 */
export async function buildIfChanged(signal: AbortSignal, onBuild: () => void): Promise<void> {
  const stamp = await stampSources(PROJECT_DIR)
  if ((await readFile(STAMP_FILE, 'utf8').catch(() => '')) === stamp) return
  const lock = await lockBuild()
  try {
    onBuild()
    await build(stamp, signal)
  } finally {
    await lock.release()
  }
}

async function build(stamp: string, signal: AbortSignal): Promise<void> {
  // First, so that a build that is cut short is not taken for a whole one.
  await rm(STAMP_FILE, { force: true })
  await generateClient()
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  await runTool(inProject('node_modules/next/dist/bin/next'), ['build'], { env, signal })
  await completeStandalone()
  await writeFile(STAMP_FILE, stamp)
}

/** Starts on other data folders, and the tests, build in the same place. */
async function lockBuild(): Promise<Lock> {
  try {
    return await takeLock(inProject('node_modules/.stoa-build.lock'))
  } catch (error) {
    if (!(error instanceof LockHeldError)) throw error
    throw new LaunchError(`Process ${error.pid} is building in this folder: wait until it is done.`)
  }
}

/** Next leaves the files for the browser out, and copies in a `.env` that would outlive the one it is a copy of. */
async function completeStandalone(): Promise<void> {
  await cp(inProject('.next/static'), path.join(STANDALONE_DIR, '.next/static'), { recursive: true })
  await cp(inProject('public'), path.join(STANDALONE_DIR, 'public'), { recursive: true }).catch(ignoreMissing)
  for await (const file of glob('.env*', { cwd: STANDALONE_DIR })) await rm(path.join(STANDALONE_DIR, file))
}

function ignoreMissing(error: NodeJS.ErrnoException) {
  if (error.code !== 'ENOENT') throw error
}
