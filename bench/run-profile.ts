import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Inspector, reserveInspector } from './measure/inspector.ts'
import { type Crew, measureStreams } from './measure/measure-streams.ts'
import { type SelfTime, selfTimes } from './measure/self-times.ts'
import { WARM_UP } from './run-streams.ts'
import { startBareSdk } from './servers/start-bare-sdk.ts'
import { startStoaContender } from './servers/start-stoa-contender.ts'

const SHAPE = { tokens: 100, interval: 20 }
const SHOWN = 40

/** Where the time of the bare SDK route and of Stoa goes under so many streams: prints it, keeps the profiles. */
export async function runProfile(streams: number, providerUrl: string, crew: Crew): Promise<void> {
  const starters = {
    sdk: (env: Record<string, string>) => startBareSdk(providerUrl, env),
    stoa: (env: Record<string, string>) => startStoaContender({ name: 'stoa', providerUrl, env }),
  }
  for (const [name, start] of Object.entries(starters)) {
    const { port, environment } = await reserveInspector()
    const contender = await start(environment)
    try {
      await measureStreams(contender, crew, WARM_UP)
      const inspector = await Inspector.connect(port)
      await inspector.startProfile()
      await measureStreams(contender, crew, { streams, rounds: 3, shape: SHAPE })
      const profile = await inspector.stopProfile()
      inspector.close()
      const file = path.join(tmpdir(), `stoa-bench-${name}-${streams}.cpuprofile`)
      await writeFile(file, JSON.stringify(profile))
      console.log(
        `\n${name}, ${streams} streams (${file}):\n${listTimes(selfTimes(profile).slice(0, SHOWN))}`,
      )
    } finally {
      await contender.stop()
    }
  }
}

function listTimes(times: SelfTime[]): string {
  return times
    .map(
      ({ name, milliseconds, share }) =>
        `${(share * 100).toFixed(1).padStart(5)} % ${milliseconds.toFixed(0).padStart(6)} ms  ${name}`,
    )
    .join('\n')
}
