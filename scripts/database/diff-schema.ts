import type { MigrationList } from '@prisma/schema-engine-wasm'
import { NO_FILTERS, withSchemaEngine } from './schema-engine.ts'

/**
 * The SQL that leads from the migrations to the schema; empty when nothing is missing.
 *
 * @param adminUrl A server on which databases may be made: the migrations are played on a shadow database.
 */
export async function diffSchema(
  adminUrl: string,
  migrations: MigrationList,
  schema: string,
): Promise<string> {
  const { stdout } = await withSchemaEngine(adminUrl, schema, (engine) =>
    engine.diff({
      from: { tag: 'migrations', ...migrations },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    }),
  )
  const script = stdout ?? ''
  return script.includes('This is an empty migration') ? '' : script
}
