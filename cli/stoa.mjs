#!/usr/bin/env node
// Plain JavaScript for Node 20, as scripts/start.mjs. npm changes to the project's folder before it runs anything.
process.env.STOA_CLI_FOLDER ??= process.env.INIT_CWD ?? process.cwd()

const { bootstrap } = await import('../scripts/launch/bootstrap.mjs')
await bootstrap('cli/main.ts')
