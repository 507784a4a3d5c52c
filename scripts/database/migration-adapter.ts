import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'

const { CHAR, TEXT } = pg.types.builtins
const SHADOW_DATABASE = 'stoa_shadow'

/**
 * Lends Prisma's schema engine a way to a database: Prisma's own adapter, mended where the engine needs more of it than
 * the client does (seen in @prisma/adapter-pg 7.10.1):
 * - it cannot read the type "char" of the catalogue, so the engine cannot see what a database looks like;
 * - it splits a script at every semicolon, those in strings and functions too, and runs each piece for itself. Sent whole,
 *   a migration is one transaction, as under Prisma's CLI.
 */
export async function withMigrationAdapter<T>(
  databaseUrl: string,
  use: (factory: SqlMigrationAwareDriverAdapterFactory) => Promise<T>,
): Promise<T> {
  const pool = new pg.Pool({ connectionString: databaseUrl })
  let shadowPool: pg.Pool | undefined
  try {
    return await use({
      provider: 'postgres',
      adapterName: 'stoa-migrations',
      connect: () => adapt(pool),
      connectToShadowDb: async () => {
        const url = new URL(databaseUrl)
        url.pathname = SHADOW_DATABASE
        await pool.query(`CREATE DATABASE ${SHADOW_DATABASE}`)
        shadowPool = new pg.Pool({ connectionString: url.href })
        return adapt(shadowPool)
      },
    })
  } finally {
    await shadowPool?.end()
    if (shadowPool) await pool.query(`DROP DATABASE ${SHADOW_DATABASE}`)
    await pool.end()
  }
}

async function adapt(pool: pg.Pool): Promise<SqlDriverAdapter> {
  const charColumns = new WeakMap<unknown[], number[]>()
  const query: (config: pg.QueryConfig) => Promise<pg.QueryResult | pg.QueryResult[]> = pool.query.bind(pool)
  const queryWithChars = async (config: pg.QueryConfig) => {
    const result = await query(config)
    // A script of several statements has as many results, and nobody reads them.
    if (!Array.isArray(result)) charColumns.set(result.rows, takeChars(result.fields))
    return result
  }
  const adapter = await new PrismaPg(Object.assign(pool, { query: queryWithChars })).connect()
  const queryRaw = adapter.queryRaw.bind(adapter)
  return Object.assign(adapter, {
    async queryRaw(query: SqlQuery) {
      const result = await queryRaw(query)
      for (const column of charColumns.get(result.rows) ?? []) {
        result.columnTypes[column] = ColumnTypeEnum.Character
      }
      return result
    },
    async executeScript(script: string) {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] })
    },
    // The pools are ours to end: the engine lets go of an adapter while it still has another on the same pool.
    async dispose() {},
  })
}

/** Passes columns of the type "char" off as text, which the adapter lets through, and says which they were. */
function takeChars(fields: pg.FieldDef[]): number[] {
  return fields.flatMap((field, column) => {
    if (field.dataTypeID !== CHAR) return []
    field.dataTypeID = TEXT
    return column
  })
}
