import pg from 'pg'

/** What is hard to keep: quotes, lines, backslashes, a smile outside the BMP, text that looks like our own format. */
const AWKWARD = '"\\n\r\n\t\' ,;[null] \\u0041 {"sha256":"x"} \u2028 é 😀 '

const VALUES: Record<string, (row: number) => string> = {
  // The same everywhere, so that whatever refers to another row finds one.
  uuid: (row) => `00000000-0000-7000-8000-00000000000${row}`,
  text: (row) => AWKWARD + row,
  int4: () => '-2147483648',
  int8: () => '9007199254740993',
  float8: () => '0.30000000000000004',
  bool: () => 'true',
  bytea: () => '\\x00ff',
  _int4: () => '{-2147483648,7}',
  _int8: () => '{9007199254740993}',
  _text: () => '{"a,\\"b",NULL,""}',
  tsvector: () => `'a' 'it''s' '\\\\'`,
  // JSON's null is not SQL's.
  jsonb: (row) => (row === 3 ? 'null' : JSON.stringify({ text: AWKWARD, none: null, big: [1e21, -0.1] })),
  timestamptz: () => '1999-12-31 23:59:59.999+00',
}

interface Column {
  table: string
  name: string
  type: string
  isNullable: boolean
  isEnum: boolean
}

/** Puts three rows into every table of a database: two full of awkward values, and one of which all is NULL that may be. */
export async function fillEveryTable(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    // Lets rows come before those that they refer to.
    await client.query('SET session_replication_role = replica')
    const columns = await readColumns(client)
    for (const table of new Set(columns.map((column) => column.table))) {
      const own = columns.filter((column) => column.table === table)
      for (const row of [1, 2, 3]) {
        const names = own.map(({ name }) => client.escapeIdentifier(name))
        const values = own.map((column) => literalFor(client, column, row))
        await client.query(
          `INSERT INTO ${client.escapeIdentifier(table)} (${names.join(', ')}) VALUES (${values.join(', ')})`,
        )
      }
    }
  } finally {
    await client.end()
  }
}

/** All rows of all tables as PostgreSQL writes them, to be compared. */
export async function readEveryTable(databaseUrl: string): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const tables = new Set((await readColumns(client)).map(({ table }) => table))
    const content: Record<string, string[]> = {}
    for (const table of tables) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT t::text AS row FROM ${client.escapeIdentifier(table)} t ORDER BY 1`,
      )
      content[table] = rows.map(({ row }) => row)
    }
    return content
  } finally {
    await client.end()
  }
}

async function readColumns(client: pg.Client): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `SELECT table_name AS table, column_name AS name, udt_name AS type, is_nullable = 'YES' AS "isNullable",
       data_type = 'USER-DEFINED' AS "isEnum"
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
     ORDER BY table_name, ordinal_position`,
  )
  return rows
}

function literalFor(
  client: pg.Client,
  { table, name, type, isNullable, isEnum }: Column,
  row: number,
): string {
  if (row === 3 && isNullable) return 'NULL'
  if (isEnum) return `(enum_range(NULL::${client.escapeIdentifier(type)}))[1]`
  // What tells the rows of a table apart where it has no other key.
  if (type.startsWith('int')) return String(BigInt(VALUES[type]?.(row) ?? 0) + BigInt(row))
  const value = VALUES[type]
  if (!value) throw new Error(`No value is known for ${table}.${name}, which is a ${type}: add one.`)
  return `${client.escapeLiteral(value(row))}::${type}`
}
