import { existsSync } from 'node:fs'
import type { LaunchOptions } from '@playwright/test'
import { LAN_HOST } from './stack.ts'

const DEBIAN_CHROMIUM = '/usr/bin/chromium'

/** The browser that `STOA_CHROMIUM` names, else Debian's, else the one that Playwright installed. */
export function launchOptions(): LaunchOptions {
  const executablePath =
    process.env.STOA_CHROMIUM || (existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined)
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
