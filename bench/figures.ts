import type { StatementCount } from './measure/statement-counts.ts'
import { median } from './percentile.ts'
import type { ContenderName } from './servers/contender.ts'

/** What is measured of a server under a number of streams. Times in ms; NULL: not of this server. */
export interface Figures {
  requestP50: number | null
  requestP99: number | null
  delayP50: number | null
  delayP99: number | null
  /** Seconds of the processor per 1,000 tokens: the server's process tree, and PostgreSQL's. */
  cpu: number | null
  databaseCpu: number | null
  /** The most that the server's memory grew by, for each stream, in KiB. */
  memory: number | null
  statements: number | null
  /** The share of the requests that were refused because the server was too busy (0 to 1). */
  refused: number | null
  /** The measure of the measuring: how late the provider wrote, how busy the client was (0 to 1). */
  lateP99: number | null
  clientBusy: number | null
  /** Processors that others used meanwhile: noise. */
  others: number | null
}

export interface Measurement {
  contender: ContenderName
  streams: number
  figures: Figures
  /** The statements that took most of PostgreSQL's time. */
  slowest?: StatementCount[]
}

/** The median of each figure over repeated measurements of the same. */
export function medianFigures(repeats: readonly Figures[]): Figures {
  const middle = (name: keyof Figures) =>
    median(repeats.map((figures) => figures[name]).filter((value) => value !== null))
  return {
    requestP50: middle('requestP50'),
    requestP99: middle('requestP99'),
    delayP50: middle('delayP50'),
    delayP99: middle('delayP99'),
    cpu: middle('cpu'),
    databaseCpu: middle('databaseCpu'),
    memory: middle('memory'),
    statements: middle('statements'),
    refused: middle('refused'),
    lateP99: middle('lateP99'),
    clientBusy: middle('clientBusy'),
    others: middle('others'),
  }
}

/** One measurement for each server and number of streams, in the order in which they came first. */
export function summarise(measurements: readonly Measurement[]): Measurement[] {
  const groups = Map.groupBy(measurements, ({ contender, streams }) => `${contender} ${streams}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first
      ? [
          {
            contender: first.contender,
            streams: first.streams,
            figures: medianFigures(group.map(({ figures }) => figures)),
          },
        ]
      : []
  })
}
