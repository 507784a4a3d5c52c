import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'stoa-prompts-'))
  cpSync('prompts', directory, { recursive: true })
})
afterEach(() => {
  rmSync(directory, { recursive: true })
  vi.unstubAllEnvs()
})

/** The module as a new process loads it. */
async function loadModule(mode: 'development' | 'production') {
  vi.resetModules()
  Reflect.deleteProperty(globalThis, 'stoaPrompts')
  vi.stubEnv('NODE_ENV', mode)
  vi.stubEnv('DATABASE_URL', 'postgresql://localhost/unused')
  vi.stubEnv('AUTH_SECRET', 'a secret of more than thirty-two characters')
  vi.stubEnv('STOA_PROMPTS_DIR', directory)
  return import('./library.ts')
}

function edit(file: string, change: (text: string) => string): void {
  const target = path.join(directory, file)
  writeFileSync(target, change(readFileSync(target, 'utf8')))
}

describe('in production', () => {
  it('reads the library once', async () => {
    const { promptLibrary, promptLibraryFault } = await loadModule('production')
    const library = promptLibrary()
    edit('prompts.yaml', () => 'broken: [')
    expect(promptLibrary()).toBe(library)
    expect(promptLibraryFault()).toBeNull()
  })

  it('has one library for every copy of the module', async () => {
    const first = (await loadModule('production')).promptLibrary()
    vi.resetModules()
    const copy = await import('./library.ts')
    expect(copy.promptLibrary()).toBe(first)
  })

  it('refuses to serve a library with faults', async () => {
    edit('prompts.yaml', (text) => text.replace('default: stoic', 'default: nobody'))
    const { promptLibrary } = await loadModule('production')
    expect(() => promptLibrary()).toThrow('the default persona is "nobody"')
  })
})

describe('in development', () => {
  it('keeps the library as long as nothing changes', async () => {
    const { promptLibrary } = await loadModule('development')
    expect(promptLibrary()).toBe(promptLibrary())
  })

  it('serves a good edit at once', async () => {
    const { promptLibrary } = await loadModule('development')
    promptLibrary()
    edit('intensity/high.md', () => 'Be very demanding.')
    expect(promptLibrary().composePersona('stoic', 'high').text).toMatch(/\n\nBe very demanding\.$/)
  })

  it('keeps the last good library after a bad edit, and tells of it until it is mended', async () => {
    const { promptLibrary, promptLibraryFault } = await loadModule('development')
    const good = promptLibrary()
    edit('prompts.yaml', (text) => text.replace('[tutor]', '[teacher]'))
    expect(promptLibrary()).toBe(good)
    expect(promptLibraryFault()).toContain('tutor names the missing fragment styles/teacher.md')
    edit('prompts.yaml', (text) => text.replace('[teacher]', '[tutor]'))
    expect(promptLibraryFault()).toBeNull()
    expect(promptLibrary()).not.toBe(good)
  })

  it('throws while there never was a good one, and recovers', async () => {
    edit('prompts.yaml', (text) => text.replace('[tutor]', '[teacher]'))
    const { promptLibrary, promptLibraryFault } = await loadModule('development')
    expect(() => promptLibrary()).toThrow('styles/teacher.md')
    expect(promptLibraryFault()).toContain('styles/teacher.md')
    edit('prompts.yaml', (text) => text.replace('[teacher]', '[tutor]'))
    expect(promptLibrary().defaultPersona).toBe('stoic')
  })
})
