import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { withMigrationAdapter } from './migration-adapter.ts'

/** Nothing in our database is left out of what the engine looks at. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] }

/**
 * Lends Prisma's schema engine, connected to a database. It is the WebAssembly build out of the registry: the CLI would
 * download a binary.
 *
 * @param databaseUrl The database it works on; `diff` makes its shadow database on the same server.
 * @param schema The text of schema.prisma, for work that needs it.
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  schema: string | undefined,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  await instantiate()
  const datamodels: [string, string][] | undefined = schema ? [['schema.prisma', schema]] : undefined
  return withMigrationAdapter(databaseUrl, async (factory) => {
    const adapter = bindMigrationAwareSqlAdapterFactory(factory)
    const engine = await bindings.SchemaEngine.new({ datamodels }, ignoreLog, adapter)
    try {
      return await use(engine)
    } finally {
      engine.free()
    }
  })
}

let instance: Promise<void> | undefined

function instantiate(): Promise<void> {
  instance ??= (async () => {
    const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const bytes = await readFile(path.join(path.dirname(entry), 'schema_engine_bg.wasm'))
    const wasm = await WebAssembly.instantiate(bytes, {
      './schema_engine_bg.js': { ...bindings, ...looseTimers() },
    })
    bindings.__wbg_set_wasm(wasm.instance.exports)
    const { __wbindgen_start: start } = wasm.instance.exports
    if (typeof start === 'function') start()
  })()
  return instance
}

/** The engine gives itself 10 s for its lock, by a timer that it never clears: that must not keep a command from ending. */
function looseTimers(): Record<string, (callback: () => void, milliseconds: number) => NodeJS.Timeout> {
  const names = Object.keys(bindings).filter((name) => name.startsWith('__wbg_setTimeout_'))
  const start = (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds).unref()
  return Object.fromEntries(names.map((name) => [name, start]))
}

/** What fails, it throws; the rest of its log is for its makers. */
function ignoreLog() {}
