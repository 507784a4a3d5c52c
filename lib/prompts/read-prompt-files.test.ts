import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readPromptFiles } from './read-prompt-files.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'stoa-prompts-'))
  for (const kind of ['base', 'core']) mkdirSync(path.join(directory, kind))
  write('prompts.yaml', 'stoic: {}\n')
})
afterEach(() => rmSync(directory, { recursive: true }))

function write(file: string, content: string | Uint8Array): void {
  writeFileSync(path.join(directory, file), content)
}

it('reads prompts.yaml and the fragments in the folders there are', () => {
  write('core/two.md', 'Two')
  write('core/one.md', 'One')
  write('core/notes.txt', 'not a fragment')
  write('README.md', 'not a fragment either')
  expect(readPromptFiles(directory)).toEqual({
    directory,
    yaml: 'stoic: {}\n',
    fragments: new Map([
      ['core/one.md', 'One'],
      ['core/two.md', 'Two'],
    ]),
    faults: [],
  })
})

it('leaves a byte order mark out', () => {
  write('base/a.md', '\ufeffText')
  expect(readPromptFiles(directory).fragments.get('base/a.md')).toBe('Text')
})

it('reports what is missing', () => {
  const nowhere = path.join(directory, 'nowhere')
  expect(readPromptFiles(nowhere)).toEqual({
    directory: nowhere,
    yaml: null,
    fragments: new Map(),
    faults: [{ file: 'prompts.yaml', line: 1, message: 'the file is missing' }],
  })
})

it('reports what is not UTF-8, and what is no file', () => {
  write('base/latin.md', Uint8Array.from([0x66, 0xfc, 0x72]))
  mkdirSync(path.join(directory, 'core/folder.md'))
  write('styles', 'a file in the place of a folder')
  expect(readPromptFiles(directory).faults).toEqual([
    { file: 'styles', line: 1, message: expect.stringContaining('ENOTDIR') },
    { file: 'base/latin.md', line: 1, message: 'the file is not UTF-8' },
    { file: 'core/folder.md', line: 1, message: expect.stringContaining('EISDIR') },
  ])
})
