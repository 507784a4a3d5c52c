import { beforeEach, expect, test, vi } from 'vitest'
import { type BrowserSources, findChromium } from './find-chromium.ts'

const OWN = '/cache/playwright/chrome'

let files: Set<string>
let commands: string[]

beforeEach(() => {
  files = new Set()
  commands = []
  vi.spyOn(console, 'log').mockReturnValue()
})

/** A machine on which each command may make a file appear. */
function machine(
  overrides: Partial<BrowserSources> = {},
  brings: Record<string, string> = {},
): BrowserSources {
  return {
    env: { PATH: '/usr/local/bin:/usr/bin' },
    exists: (file) => files.has(file),
    playwrightBrowser: async () => OWN,
    canInstallFromDebian: false,
    run(command, args) {
      const last = `${command} ${args.join(' ')}`
      commands.push(last)
      for (const [part, file] of Object.entries(brings)) if (last.includes(part)) files.add(file)
      return true
    },
    ...overrides,
  }
}

test('prefers the one that is named, and does not go on silently when it is not there', async () => {
  files.add('/usr/bin/chromium')
  const env = { STOA_CHROMIUM: '/opt/mine', PATH: '/usr/bin' }
  await expect(findChromium(machine({ env }))).rejects.toThrow('STOA_CHROMIUM is "/opt/mine"')
  files.add('/opt/mine')
  expect(await findChromium(machine({ env }))).toBe('/opt/mine')
})

test('takes an installed one from the PATH or from the applications of a Mac', async () => {
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  files.add(OWN).add(mac)
  expect(await findChromium(machine())).toBe(mac)
  files.add('/usr/bin/chromium')
  expect(await findChromium(machine())).toBe('/usr/bin/chromium')
  files.add('/usr/bin/chromium-headless-shell')
  expect(await findChromium(machine())).toBe('/usr/bin/chromium-headless-shell')
  expect(commands).toEqual([])
})

test("uses Playwright's own when it is there, else asks for it", async () => {
  expect(await findChromium(machine({}, { 'install chromium': OWN }))).toBe(OWN)
  expect(commands).toHaveLength(1)
  expect(await findChromium(machine())).toBe(OWN)
  expect(commands).toHaveLength(1)
})

test("falls back to Debian's as root", async () => {
  const debian = machine(
    { canInstallFromDebian: true },
    { 'apt-get install': '/usr/bin/chromium-headless-shell' },
  )
  expect(await findChromium(debian)).toBe('/usr/bin/chromium-headless-shell')
  expect(commands.slice(1)).toEqual([
    'apt-get update',
    'apt-get install --yes --no-install-recommends chromium-headless-shell chromium',
  ])
})

test('says what to do when there is none to be had', async () => {
  await expect(findChromium(machine())).rejects.toThrow(/install one, or set STOA_CHROMIUM/)
  expect(commands.join()).not.toContain('apt-get')
})
