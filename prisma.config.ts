import { defineConfig } from 'prisma/config'

// The CLI downloads its schema engine before every command, `generate` included, which never starts it;
// any existing file stands in for it. Migrations run on the same engine as WebAssembly (scripts/).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
})
