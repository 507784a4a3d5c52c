import type { Measurement } from './figures.ts'
import { type Crew, measureStreams } from './measure/measure-streams.ts'
import type { Options } from './options.ts'
import type { Contender } from './servers/contender.ts'
import { fillDatabase } from './servers/fill-database.ts'
import { startBareSdk } from './servers/start-bare-sdk.ts'
import { startProxy } from './servers/start-proxy.ts'
import { startStoaContender } from './servers/start-stoa-contender.ts'

/** What a model writes in two seconds. */
const SHAPE = { tokens: 100, interval: 20 }
const QUICK_SHAPE = { tokens: 50, interval: 20 }
/** The code that is run often is compiled before it is measured. */
export const WARM_UP = { streams: 20, rounds: 6, shape: { tokens: 100, interval: 5 } }

/** Has every server answer the same streams in turns, so that noise strikes all alike. */
export async function runStreams(options: Options, providerUrl: string, crew: Crew): Promise<Measurement[]> {
  const contenders = await startContenders(options, providerUrl)
  try {
    for (const contender of contenders) {
      console.log(`Warming up ${contender.name} …`)
      await measureStreams(contender, crew, WARM_UP)
    }
    console.log('Request → provider p50 / token delay p99 / CPU s per 1,000 tokens:')
    const measurements: Measurement[] = []
    for (let repeat = 0; repeat < options.repeats; repeat++) {
      for (const streams of options.streams) {
        // Whoever comes first finds the machine cooler.
        for (const contender of repeat % 2 === 0 ? contenders : contenders.toReversed()) {
          const measured = await measureStreams(contender, crew, planFor(streams, options.quick))
          measurements.push({ contender: contender.name, streams, ...measured })
          const { requestP50, delayP99, cpu } = measured.figures
          const shown = [requestP50, delayP99, cpu].map((value) => value?.toFixed(3)).join(' / ')
          console.log(`${repeat + 1}/${options.repeats}: ${contender.name}, ${streams} at once: ${shown}`)
        }
      }
    }
    return measurements
  } finally {
    for (const contender of contenders.toReversed()) await contender.stop()
  }
}

/** Fewer streams at once are asked for more often, for enough to be measured. */
function planFor(streams: number, quick: boolean) {
  const rounds = streams === 1 ? 10 : streams <= 10 ? 4 : streams <= 100 ? 2 : 1
  return { streams, rounds: quick ? Math.ceil(rounds / 3) : rounds, shape: quick ? QUICK_SHAPE : SHAPE }
}

async function startContenders({ messages }: Options, providerUrl: string): Promise<Contender[]> {
  const contenders = [await startProxy(providerUrl)]
  contenders.push(await startBareSdk(providerUrl), await startStoaContender({ name: 'stoa', providerUrl }))
  if (messages > 0) {
    console.log(`Writing ${messages.toLocaleString('en')} messages …`)
    const fill = (adminUrl: string) => fillDatabase(adminUrl, messages)
    contenders.push(await startStoaContender({ name: 'stoa-full', providerUrl, fill }))
  }
  return contenders
}
