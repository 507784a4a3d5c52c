import { defineConfig, devices } from '@playwright/test'
import { launchOptions, pictureOptions } from './e2e/support/browser.ts'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/global-setup.ts',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 3,
  timeout: 90_000,
  expect: {
    timeout: 20_000,
    // A corner of a letter may differ; a rule, a word or a colour that moved is more than that.
    toHaveScreenshot: { threshold: 0.1, maxDiffPixels: 60, animations: 'allow' },
  },
  snapshotPathTemplate: '{testDir}/states/baselines/{arg}{ext}',
  reporter: 'list',
  projects: [
    // Two keep two processors busy; a third made them no quicker, and what has a time to hold late.
    { name: 'pages', testMatch: 'specs/**/*.spec.ts', workers: 2 },
    {
      name: 'states',
      testMatch: 'states/**/*.spec.ts',
      dependencies: ['pages'],
      workers: 1,
      use: { launchOptions: pictureOptions() },
    },
    // These start and break servers of their own, a stack for each file, and wait: pictures are taken meanwhile.
    { name: 'faults', testMatch: 'faults/**/*.spec.ts', dependencies: ['pages'], workers: 2 },
    { name: 'launch', testMatch: '{deploy,launcher}/**/*.spec.ts', dependencies: ['faults'] },
    // Measures how long a start takes: last, and with the machine to itself.
    { name: 'start-time', testMatch: 'start-time/*.spec.ts', dependencies: ['launch', 'states'] },
  ],
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-GB',
    // Routes of tests do not see what a worker asks for; installed-app.spec.ts has it.
    serviceWorkers: 'block',
    // A trace of every test took a quarter of the whole time; `--trace=on` makes one of what is looked into.
    screenshot: 'only-on-failure',
    launchOptions: launchOptions(),
  },
})
