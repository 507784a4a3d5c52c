import { z } from 'zod'

/**
 * A backup is gzip of UTF-8 lines, one JSON value each: a header; for each table a line that names it and its columns, then
 * a line for each row (its columns as PostgreSQL writes them as text, or null); and an end with the SHA-256 of all bytes
 * before it. `zcat` shows it to anybody.
 */
export const FORMAT = 'stoa-backup-1'

export const headerSchema = z.object({
  format: z.literal(FORMAT),
  madeAt: z.iso.datetime(),
  /** Of the server it was read from. */
  postgres: z.string(),
  /** What made the tables as they are in it, oldest first. */
  migrations: z.array(z.string().regex(/^\w+$/)).min(1),
  /** What signs the sessions, when it lay in the data folder: with it nobody has to sign in anew. */
  authSecret: z.string().min(32).optional(),
})

export const tableSchema = z.object({ table: z.string(), columns: z.array(z.string()).min(1) })

export const endSchema = z.object({ rows: z.int(), sha256: z.string() })

export type BackupHeader = z.infer<typeof headerSchema>
export type BackupTable = z.infer<typeof tableSchema>

/** Rows as lines of a table that are restored in one statement. */
export interface RowBatch {
  table: BackupTable
  rows: string[]
}
