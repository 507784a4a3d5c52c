import { readSecretFiles } from './container/read-secret-files.ts'
import { applyMigrations } from './database/apply-migrations.ts'

/** What a container runs: applies the migrations, then becomes the server. Ends with 1 when either cannot be done. */
try {
  Object.assign(process.env, await readSecretFiles(process.env))
  await migrate()
} catch (error) {
  console.error(`Stoa does not start.\n${messageOf(error)}`)
  process.exit(1)
}
// Beside this folder in the image. What is wrong with the rest of the configuration, the server says.
await import(new URL('../server.js', import.meta.url).href)

async function migrate(): Promise<void> {
  const address = process.env.DIRECT_DATABASE_URL?.trim() || process.env.DATABASE_URL?.trim()
  // Without one the server refuses to start, and names this fault together with all others.
  if (!address) return
  try {
    const applied = await applyMigrations(address)
    if (applied.length > 0) console.log(`Applied migrations: ${applied.join(', ')}`)
  } catch (cause) {
    throw new Error(`The migrations could not be applied: ${messageOf(cause)}`, { cause })
  }
}

function messageOf(error: unknown): string {
  // An address that resolves to several IPs fails with all their errors at once, and an empty message.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
