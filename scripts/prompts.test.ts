import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

// Each test starts a process, which a busy machine does slowly.
vi.setConfig({ testTimeout: 30_000 })

let directory: string

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'stoa-prompts-'))
  cpSync('prompts', directory, { recursive: true })
})
afterEach(() => rmSync(directory, { recursive: true }))

function prompts(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/prompts.ts', ...options], {
    encoding: 'utf8',
    env: { ...process.env, STOA_PROMPTS_DIR: directory },
  })
  return { status, stdout, stderr }
}

it('prints every composed prompt with its tokens and its hash', () => {
  const { status, stdout } = prompts()
  expect(status).toBe(0)
  const heads = [...stdout.matchAll(/^━━━ (.+)\n {4}(\d+) tokens, sha256 ([0-9a-f]{64})$/gm)]
  expect(heads.map(([, name]) => name)).toEqual([
    'stoic, intensity medium',
    'casual, intensity low',
    'formal, intensity medium',
    'tutor, intensity medium',
    'concise, intensity medium',
    'sarcastic, intensity medium',
    'title',
    'summarizer',
  ])
  expect(stdout).toContain('<message>\n{input}\n</message>')
  expect(stdout).toMatch(/6 personas \(default: stoic\), no faults, 0 warnings\.\n$/)
})

it('prints one persona at one intensity', () => {
  const { status, stdout } = prompts('--persona', 'tutor', '--intensity', 'high')
  expect(status).toBe(0)
  expect(stdout.match(/^━━━ .*/gm)).toEqual(['━━━ tutor, intensity high'])
})

it('with --check says only what is worth a look', () => {
  writeFileSync(path.join(directory, 'styles/unused.md'), 'Nobody names me.')
  const { status, stdout } = prompts('--check')
  expect(status).toBe(0)
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(/^Warning: .*styles\/unused\.md:1: no prompt uses this fragment$/),
    '6 personas (default: stoic), no faults, 1 warning.',
    '',
  ])
})

it('lists every fault and fails', () => {
  const yaml = path.join(directory, 'prompts.yaml')
  writeFileSync(
    yaml,
    readFileSync(yaml, 'utf8').replace('[tutor]', '[teacher]').replace('label: Tutor', 'lable: Tutor'),
  )
  const { status, stdout, stderr } = prompts('--check')
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toMatch(/^The prompt library has 3 faults:\n/)
  expect(stderr).toMatch(/prompts\.yaml:\d+: tutor\.lable is an unknown key/)
  expect(stderr).toMatch(/prompts\.yaml:\d+: tutor names the missing fragment styles\/teacher\.md/)
})

it.each([
  [['--persona', 'nobody'], 'There is no persona "nobody". Choose one of: stoic,'],
  [['--intensity', 'extreme'], '--intensity wants one of low, medium, high.'],
  [['--colour'], "Unknown option '--colour'"],
])('refuses %j in words', (options, message) => {
  const { status, stderr } = prompts(...options)
  expect(status).toBe(1)
  expect(stderr).toContain(message)
  expect(stderr).not.toMatch(/^ {4}at /m)
})
