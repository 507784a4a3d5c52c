import { existsSync } from 'node:fs'
import type { LaunchOptions } from '@playwright/test'
import { LAN_HOST } from './stack.ts'

const DEBIAN_CHROMIUM = '/usr/bin/chromium'
const DEBIAN_SHELL = '/usr/bin/chromium-headless-shell'

/** The browser that `STOA_CHROMIUM` names, else Debian's, else the one that Playwright installed. */
export function launchOptions(): LaunchOptions {
  return optionsFor(process.env.STOA_CHROMIUM || [DEBIAN_SHELL, DEBIAN_CHROMIUM].find(existsSync))
}

/** The same with all that a browser has: the headless shell refuses notifications. */
export function wholeBrowserOptions(): LaunchOptions {
  const { STOA_CHROMIUM: named } = process.env
  const isWhole = named && !named.endsWith('headless-shell')
  return optionsFor(isWhole ? named : [DEBIAN_CHROMIUM].find(existsSync))
}

/** The same, drawing letters alike wherever it runs. */
export function pictureOptions(): LaunchOptions {
  const { args = [], ...options } = launchOptions()
  const steady = ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb']
  return { ...options, args: [...args, ...steady] }
}

function optionsFor(executablePath: string | undefined): LaunchOptions {
  return {
    ...(executablePath && { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=MAP ${LAN_HOST} 127.0.0.1`,
    ],
  }
}
