import { parseArgs } from 'node:util'

export const parts = ['streams', 'statements', 'memory', 'context', 'search', 'profile'] as const
export type Part = (typeof parts)[number]

export interface Options {
  parts: Part[]
  /** Numbers of concurrent streams. */
  streams: number[]
  repeats: number
  /** Messages in the tables of a second Stoa; 0: there is none. */
  messages: number
  /** Turns of the memory part. */
  turns: number
  quick: boolean
  /** Where the JSON goes; NULL: a new file in bench/results. */
  out: string | null
}

const DEFAULT_STREAMS = [1, 10, 100, 300]

/** @throws Error that says what is wrong with the command line */
export function parseOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      part: { type: 'string', multiple: true },
      streams: { type: 'string' },
      repeats: { type: 'string' },
      messages: { type: 'string' },
      turns: { type: 'string' },
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  })
  const { quick } = values
  return {
    parts: values.part?.map(parsePart) ?? parts.filter((part) => part !== 'profile' && part !== 'search'),
    streams:
      values.streams?.split(',').map((text) => parseCount('--streams', text)) ??
      (quick ? [1, 10] : DEFAULT_STREAMS),
    repeats: parseCount('--repeats', values.repeats ?? (quick ? '1' : '3')),
    messages: values.messages === undefined ? 0 : parseCount('--messages', values.messages),
    turns: parseCount('--turns', values.turns ?? (quick ? '300' : '2000')),
    quick,
    out: values.out ?? null,
  }
}

function parsePart(text: string): Part {
  const part = parts.find((each) => each === text)
  if (!part) throw new Error(`--part ${text}: wants one of ${parts.join(', ')}`)
  return part
}

function parseCount(name: string, text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new Error(`${name} ${text}: wants whole numbers from 1`)
  return count
}
