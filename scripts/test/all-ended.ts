import { runningGenerations } from '#lib/server/running-generations.ts'

/** Resolves when every answer that this process writes has ended and is stored. */
export async function allEnded(): Promise<void> {
  await Promise.all([...runningGenerations().values()].map(({ done }) => done))
}
