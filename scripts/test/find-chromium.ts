import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { inProject } from '../launch/project.ts'

/** Chromium without its own windows takes a third less of the processor for the same pages, so it comes first. */
const SHELL = 'chromium-headless-shell'
const DEBIAN_SHELL = `/usr/bin/${SHELL}`
const NAMES = [SHELL, 'google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
const MAC_APPS = ['Google Chrome', 'Chromium'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
)

/** What the search looks at and does, so that its order can be tested without a machine for each case. */
export interface BrowserSources {
  env: Record<string, string | undefined>
  exists(file: string): boolean
  /** Where Playwright keeps its own browser, whether it is there or not. */
  playwrightBrowser(): Promise<string>
  canInstallFromDebian: boolean
  /** Runs a command, visibly; whether it succeeded. */
  run(command: string, args: string[]): boolean
}

const machine: BrowserSources = {
  env: process.env,
  exists: existsSync,
  playwrightBrowser: async () => (await import('@playwright/test')).chromium.executablePath(),
  canInstallFromDebian: process.getuid?.() === 0 && existsSync('/etc/debian_version'),
  run: (command, args) => spawnSync(command, args, { stdio: 'inherit' }).status === 0,
}

/**
 * The browser for the tests: the one that STOA_CHROMIUM names, an installed one, or one that is installed now.
 *
 * @throws Error that says what to do.
 */
export async function findChromium(sources: BrowserSources = machine): Promise<string> {
  const { env, exists, run } = sources
  if (env.STOA_CHROMIUM) {
    if (exists(env.STOA_CHROMIUM)) return env.STOA_CHROMIUM
    throw new Error(`STOA_CHROMIUM is "${env.STOA_CHROMIUM}", where there is no file.`)
  }
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean)
  const places = [...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))), ...MAC_APPS]
  const installed = places.find(exists)
  if (installed) return installed

  const own = await sources.playwrightBrowser()
  if (exists(own)) return own
  console.log('No Chrome or Chromium is installed: trying to get the one that Playwright brings …')
  run(process.execPath, [inProject('node_modules/playwright/cli.js'), 'install', 'chromium'])
  if (exists(own)) return own
  if (sources.canInstallFromDebian) {
    console.log('Trying to install the one that Debian brings …')
    // The whole one, too: the shell refuses notifications.
    if (run('apt-get', ['update']))
      run('apt-get', ['install', '--yes', '--no-install-recommends', SHELL, 'chromium'])
    if (exists(DEBIAN_SHELL)) return DEBIAN_SHELL
  }
  throw new Error(
    'The browser tests need Chrome or Chromium, and none could be installed: install one, or set STOA_CHROMIUM to the path of its program.',
  )
}
