import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{lib,components,cli,scripts,app,e2e,bench}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          setupFiles: ['scripts/test/fail-on-console-error.ts', 'scripts/test/unit-environment.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{lib,app,scripts}/**/*.integration.test.ts'],
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
