import type pg from 'pg'

type Value = string | number | boolean | Date | null

/**
 * Inserts rows that have all the same columns, in one statement: an array for each column, which is several times faster
 * than a parameter for each value.
 */
export async function insertRows(
  client: pg.Client,
  table: string,
  rows: Record<string, Value>[],
): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first)
  const types = await readTypes(client, table)
  const names = columns.map((column) => client.escapeIdentifier(column)).join(', ')
  const arrays = columns.map((column, index) => `$${index + 1}::${types.get(column)}[]`).join(', ')
  await client.query(
    `INSERT INTO ${client.escapeIdentifier(table)} (${names}) SELECT * FROM unnest(${arrays})`,
    columns.map((column) => rows.map((row) => row[column])),
  )
}

async function readTypes(client: pg.Client, table: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    [table],
  )
  return new Map(rows.map(({ name, type }) => [name, type]))
}
