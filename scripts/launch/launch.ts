import path from 'node:path'
import { EnvError } from '#lib/env.ts'
import { keepSecret, openDataDir } from '../database/data-dir.ts'
import { findFreePort, isPortFree } from '../database/free-port.ts'
import { LaunchError } from './launch-error.ts'
import { isRunning, type Lock, LockHeldError, takeLock } from './lock.ts'
import { type LaunchDatabase, openDatabase } from './open-database.ts'
import { waitForExit } from './processes.ts'
import { type Environment, readEnvironment } from './read-environment.ts'
import { ToolError } from './run-tool.ts'
import { ServerRefusedError } from './server-process.ts'
import { type StopSignals, watchStopSignals } from './stop-signals.ts'

/** How long a server that outlived its launcher may take to drain. */
const ORPHAN_MS = 10_000

export interface Launch {
  host: string
  port: number
  database: LaunchDatabase
  lock: Lock
  signals: StopSignals
  /** For the process that serves: the configuration, and what the launcher brings to it. */
  variables: NodeJS.ProcessEnv
}

interface LaunchPlan {
  /** What has to be there before anything is started. */
  prepare(signals: StopSignals): Promise<void>
  /** Serves until it is told to stop; the exit code. */
  serve(launch: Launch): Promise<number>
}

/**
 * Everything around a serving process: configuration, the lock on the data folder, port, database and migrations before
 * it, and their end after it. Exits with 0 when it was asked to stop.
 */
export async function launch(plan: LaunchPlan): Promise<void> {
  const signals = watchStopSignals()
  // A terminal that was closed fails what is written to it, which must not keep us from stopping in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  try {
    process.exitCode = await run(plan, readEnvironment(), signals)
  } catch (error) {
    // Told to stop before it had begun.
    if (signals.stopping.aborted) process.exitCode = 0
    else {
      console.error(explain(error))
      process.exitCode = 1
    }
  }
}

async function run(plan: LaunchPlan, { env, variables }: Environment, signals: StopSignals): Promise<number> {
  const { HOST: host, PORT: port, STOA_DATA_DIR: dataDir } = env
  await openDataDir(dataDir)
  const lock = await lockDataDir(dataDir)
  try {
    if (!(await isPortFree(port, host))) {
      const free = await findFreePort(host)
      throw new LaunchError(`Port ${port} on ${host} is taken. Set PORT to another one: ${free} is free.`)
    }
    await plan.prepare(signals)
    signals.stopping.throwIfAborted()
    const authSecret = env.AUTH_SECRET ?? (await keepSecret(path.join(dataDir, 'auth-secret')))
    const database = await openDatabase(env, dataDir)
    try {
      signals.stopping.throwIfAborted()
      const brought = {
        DATABASE_URL: database.url,
        AUTH_SECRET: authSecret,
        AUTH_TRUST_HOST: 'true',
        STOA_DATA_DIR: dataDir,
        STOA_PROMPTS_DIR: env.STOA_PROMPTS_DIR,
      }
      return await plan.serve({
        host,
        port,
        database,
        lock,
        signals,
        variables: { ...variables, ...brought },
      })
    } finally {
      await database.stop()
    }
  } finally {
    await lock.release()
  }
}

async function lockDataDir(dataDir: string): Promise<Lock> {
  const lock = await takeLock(path.join(dataDir, 'launcher.lock'))
  const { orphan } = lock
  if (orphan) {
    // Its launcher was killed: it is draining, or about to. It still has the port.
    if (await isRunning(orphan)) process.kill(orphan.pid, 'SIGTERM')
    if (!(await waitForExit(orphan.pid, ORPHAN_MS))) process.kill(orphan.pid, 'SIGKILL')
  }
  return lock
}

function explain(error: unknown): string {
  if (error instanceof EnvError || error instanceof LaunchError) return error.message
  if (error instanceof ServerRefusedError) return 'Stoa did not start, for the reason above.'
  if (error instanceof ToolError) return `${error.output.trim()}\n\n${error.message}`
  if (error instanceof LockHeldError) {
    return `Stoa already runs on this data folder (process ${error.pid}). For another one beside it, set STOA_DATA_DIR and PORT.`
  }
  if (isRefusedAccess(error)) {
    return `${error.message}\nThe data folder is another user's: start Stoa as its owner, or set STOA_DATA_DIR to a folder of your own.`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function isRefusedAccess(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')
}
