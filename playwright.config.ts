import { defineConfig, devices } from '@playwright/test'
import { launchOptions } from './e2e/support/browser.ts'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/global-setup.ts',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  // The launcher's specs start servers and measure how long that takes: last, and with the machine to themselves.
  projects: [
    { name: 'pages', testMatch: 'specs/**/*.spec.ts' },
    // These start and break servers of their own, a stack for each file.
    { name: 'faults', testMatch: 'faults/**/*.spec.ts', dependencies: ['pages'] },
    { name: 'deploy', testMatch: 'deploy/**/*.spec.ts', dependencies: ['faults'] },
    { name: 'launcher', testMatch: 'launcher/**/*.spec.ts', dependencies: ['deploy'] },
  ],
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: launchOptions(),
  },
})
