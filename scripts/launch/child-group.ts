import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

/** A child that was started `detached`, with whatever it has started itself. */
export interface ChildGroup {
  /** Fulfilled when the child has ended, with how it did: "exit 1", "SIGKILL". */
  ended: Promise<string>
  /** Asks it to end, and kills what is still there after that time. */
  stop(milliseconds: number): Promise<void>
  /** As a crash would. */
  kill(): Promise<void>
}

export function groupOf(child: ChildProcess): ChildGroup {
  const ended = once(child, 'exit').then(
    ([code, signal]): string => signal ?? `exit ${code}`,
    (error) => `not started: ${error}`,
  )
  const kill = async () => {
    killGroup(child)
    await ended
  }
  return {
    ended,
    kill,
    async stop(milliseconds) {
      child.kill('SIGTERM')
      await Promise.race([ended, delay(milliseconds, undefined, { ref: false })])
      await kill()
    },
  }
}

function killGroup({ pid }: ChildProcess) {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // Nobody of it is left.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
