import { performance } from 'node:perf_hooks'
import type { Round, RoundResult } from './load-generator.ts'
import { openStream } from './open-stream.ts'

// The load generator: sends what it is told to, all at once, and says what it saw.
process.on('message', (round: Round) => {
  play(round).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ fault: String(error) } satisfies RoundResult),
  )
})
process.on('disconnect', () => process.exit(0))

async function play({ requests, tokens, interval }: Round): Promise<RoundResult> {
  const before = performance.eventLoopUtilization()
  const answers = await Promise.all(requests.map((request) => openStream(request, tokens, interval)))
  const samples = answers.filter((answer) => answer !== null)
  const refused = answers.length - samples.length
  return { samples, refused, busy: performance.eventLoopUtilization(before).utilization }
}
