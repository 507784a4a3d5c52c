import path from 'node:path'
import { keepSecret, openDataDir } from '../database/data-dir.ts'
import { findFreePort, isPortFree } from '../database/free-port.ts'
import { explainError } from './explain-error.ts'
import { LaunchError } from './launch-error.ts'
import type { Lock } from './lock.ts'
import { lockDataDir } from './lock-data-dir.ts'
import { type LaunchDatabase, openDatabase } from './open-database.ts'
import { type Environment, readEnvironment } from './read-environment.ts'
import { type StopSignals, watchStopSignals } from './stop-signals.ts'

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
      console.error(explainError(error))
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
