import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // The usual is a processor less than there are, which leaves one of two idle: much of the work is PostgreSQL's.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{lib,components,cli,scripts,app,e2e,bench}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          // Rules keep nothing from one file to the next, and reading the same modules again for each file takes longer than
          // its tests do.
          isolate: false,
          setupFiles: ['scripts/test/fail-on-console-error.ts', 'scripts/test/unit-environment.ts'],
          // Some compute for seconds; on a busy machine the usual 5 s are none of theirs.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{lib,app,scripts}/**/*.integration.test.ts'],
          // These keep a client and timers: each file has modules of its own, in a thread, which is there sooner than a
          // process.
          pool: 'threads',
          globalSetup: ['scripts/test/database-template.ts'],
          setupFiles: ['scripts/test/fail-on-console-error.ts', 'scripts/test/worker-database.ts'],
          // next-auth imports `next/server`, which only a bundler resolves.
          server: { deps: { inline: ['next-auth'] } },
          testTimeout: 20_000,
          hookTimeout: 60_000,
          // What is waited for comes, however busy the machine is; a test that fails takes longer to say so.
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
})
