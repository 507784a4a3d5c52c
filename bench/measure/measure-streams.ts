import type { Figures } from '../figures.ts'
import type { LoadGenerator, RoundAnswers } from '../load/load-generator.ts'
import type { StreamSample } from '../load/open-stream.ts'
import { percentile } from '../percentile.ts'
import type { AnswerShape, Contender } from '../servers/contender.ts'
import { machineSeconds, processorSeconds, residentMemory, watchMemory } from './cost.ts'
import { type StatementCount, StatementCounter, totalCalls } from './statement-counts.ts'
import { untilQuiet } from './until-quiet.ts'

/** Who takes part beside the server that is measured. */
export interface Crew {
  load: LoadGenerator
  providerPid: number
}

/** So many of the statements that took most of PostgreSQL's time are kept. */
const SLOWEST = 8

interface StreamsPlan {
  streams: number
  /** How often that many streams are asked for at once. */
  rounds: number
  shape: AnswerShape
}

/** Has a server answer so many streams at once, and measures what its clients saw and what it took. */
export async function measureStreams(
  contender: Contender,
  crew: Crew,
  plan: StreamsPlan,
): Promise<{ figures: Figures; slowest: StatementCount[] }> {
  const { database } = contender
  if (!database)
    return { figures: { ...(await measureServer(contender, crew, plan)), statements: null }, slowest: [] }
  const counter = await StatementCounter.connect(database.adminUrl)
  try {
    await counter.reset()
    const figures = await measureServer(contender, crew, plan)
    const counts = await counter.read()
    return {
      figures: { ...figures, statements: totalCalls(counts) / (plan.streams * plan.rounds) },
      slowest: counts.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, SLOWEST),
    }
  } finally {
    await counter.end()
  }
}

async function measureServer(
  contender: Contender,
  crew: Crew,
  plan: StreamsPlan,
): Promise<Omit<Figures, 'statements'>> {
  const { streams, rounds, shape } = plan
  const memoryBefore = await residentMemory(contender.pid)
  const before = await readClocks(contender, crew)
  const [answers, mostMemory] = await watchMemory(contender.pid, () => playRounds(contender, crew.load, plan))
  await untilQuiet(contender)
  const after = await readClocks(contender, crew)
  const samples = answers.flatMap((answer) => answer.samples)
  const refused = answers.reduce((sum, answer) => sum + answer.refused, 0)
  return {
    ...judgeSamples(samples),
    ...judgeClocks(before, after, (samples.length * shape.tokens) / 1000),
    memory: (mostMemory - memoryBefore) / streams,
    refused: refused / (streams * rounds),
    clientBusy: Math.max(...answers.map(({ busy }) => busy)),
  }
}

async function playRounds(
  contender: Contender,
  load: LoadGenerator,
  { streams, rounds, shape }: StreamsPlan,
) {
  const answers: RoundAnswers[] = []
  for (let round = 0; round < rounds; round++) {
    const requests = Array.from({ length: streams }, () => contender.request(shape))
    answers.push(await load.play({ requests, ...shape }))
  }
  return answers
}

function judgeSamples(samples: StreamSample[]) {
  const requestDelays = samples.map(({ sentAt, arrivedAt }) => (arrivedAt - sentAt) / 1000)
  const tokenDelays = samples.flatMap(({ tokenDelays }) => tokenDelays)
  return {
    requestP50: percentile(requestDelays, 0.5),
    requestP99: percentile(requestDelays, 0.99),
    delayP50: percentile(tokenDelays, 0.5),
    delayP99: percentile(tokenDelays, 0.99),
    lateP99: percentile(
      samples.flatMap(({ lateness }) => lateness),
      0.99,
    ),
  }
}

interface Clocks {
  server: number
  database: number | null
  /** All who are meant to run, the server and the database among them. */
  ours: number
  machine: { used: number; all: number }
  time: number
}

async function readClocks(contender: Contender, { load, providerPid }: Crew): Promise<Clocks> {
  const { pid } = contender
  const databasePid = contender.database?.pid ?? null
  const [server, database, provider, client, machine] = await Promise.all([
    processorSeconds(pid),
    databasePid === null ? null : processorSeconds(databasePid),
    processorSeconds(providerPid),
    processorSeconds(load.pid),
    machineSeconds(),
  ])
  const { user, system } = process.cpuUsage()
  const ours = server + (database ?? 0) + provider + client + (user + system) / 1e6
  return { server, database, ours, machine, time: performance.now() / 1000 }
}

function judgeClocks(before: Clocks, after: Clocks, thousands: number) {
  const used = after.machine.used - before.machine.used
  const databaseUsed = after.database === null ? null : after.database - (before.database ?? 0)
  return {
    cpu: (after.server - before.server) / thousands,
    databaseCpu: databaseUsed === null ? null : databaseUsed / thousands,
    others: Math.max(0, used - (after.ours - before.ours)) / (after.time - before.time),
  }
}
