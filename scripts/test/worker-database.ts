import pg from 'pg'
import { inject } from 'vitest'

const TEMPLATE = 'stoa'

/**
 * Before a test file is imported: a fresh database of this worker, which the environment points to, and no setting of
 * the person's own.
 */
const name = `worker_${process.env.VITEST_POOL_ID}`
const url = new URL(inject('adminUrl'))
const client = new pg.Client({ connectionString: url.href })
await client.connect()
// The connections of the file before may still be open.
await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER ${TEMPLATE}`)
await client.end()

for (const variable of Object.keys(process.env)) {
  if (/^(OPENAI|ANTHROPIC|AUTH|APP|STOA)_/.test(variable)) delete process.env[variable]
}
url.username = TEMPLATE
url.pathname = name
Object.assign(process.env, {
  NODE_ENV: 'test',
  DATABASE_URL: url.href,
  AUTH_SECRET: 'a secret of the tests, which keep nothing',
  LOG_LEVEL: 'silent',
  // A port that is never open: no test may find a person's own Ollama.
  STOA_OLLAMA_URL: 'http://127.0.0.1:9',
})
