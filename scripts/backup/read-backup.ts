import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { z } from 'zod'
import { LaunchError } from '../launch/launch-error.ts'
import { type BackupHeader, endSchema, headerSchema, type RowBatch, tableSchema } from './backup-format.ts'

/** Rows that are restored in one statement: so many, or so many characters. */
const BATCH_ROWS = 500
const BATCH_LENGTH = 4_000_000

/**
 * Reads a backup through to its end, and believes it only if it is whole.
 *
 * @throws LaunchError when it is not one, is cut short or was changed
 */
export async function checkBackup(file: string): Promise<BackupHeader & { rows: number }> {
  const hash = createHash('sha256')
  let first: string | undefined
  let last: string | undefined
  let rows = 0
  for await (const line of lines(file)) {
    if (last !== undefined) {
      hash.update(`${last}\n`)
      if (last.startsWith('[')) rows += 1
    }
    first ??= line
    last = line
  }
  const header = parse(headerSchema, first)
  if (!header) throw new LaunchError(`${file} is no backup of Stoa, or one of another format.`)
  const end = parse(endSchema, last)
  if (!end || end.rows !== rows || end.sha256 !== hash.digest('hex')) {
    throw new LaunchError(`${file} is damaged: it is cut short, or was changed after it was made.`)
  }
  return { ...header, rows }
}

/** The rows of a backup that was checked, in batches. */
export async function* readBatches(file: string): AsyncGenerator<RowBatch> {
  let batch: RowBatch | undefined
  let length = 0
  for await (const line of lines(file)) {
    if (!line.startsWith('[')) {
      if (batch?.rows.length) yield batch
      const table = parse(tableSchema, line)
      batch = table && { table, rows: [] }
      length = 0
      continue
    }
    if (!batch) continue
    batch.rows.push(line)
    length += line.length
    if (batch.rows.length < BATCH_ROWS && length < BATCH_LENGTH) continue
    yield batch
    batch = { table: batch.table, rows: [] }
    length = 0
  }
}

async function* lines(file: string): AsyncGenerator<string> {
  const text = createGunzip()
  const reading = pipeline(createReadStream(file), text)
  // It is awaited below; until then it must not be nobody's.
  reading.catch(() => {})
  text.setEncoding('utf8')
  let rest: string[] = []
  try {
    for await (const chunk of text) {
      const parts = String(chunk).split('\n')
      rest.push(parts[0] ?? '')
      for (const part of parts.slice(1)) {
        yield rest.join('')
        rest = [part]
      }
    }
    await reading
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new LaunchError(`There is no file ${file}.`, { cause })
    if (!code.startsWith('Z_')) throw cause
    throw new LaunchError(`${file} is damaged or no backup: it cannot be unpacked (${code}).`, { cause })
  }
  const last = rest.join('')
  if (last !== '') yield last
}

function parse<T>(schema: z.ZodType<T>, line: string | undefined): T | undefined {
  try {
    return schema.safeParse(JSON.parse(line ?? '')).data
  } catch {
    return undefined // Not even JSON.
  }
}
