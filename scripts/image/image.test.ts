import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { inProject, PROJECT_DIR } from '../launch/project.ts'
import { isIgnored } from './is-ignored.ts'
import { readDockerfile, readExecForm, restsOf } from './read-dockerfile.ts'

const ignoreFile = readFileSync(inProject('.dockerignore'), 'utf8')
const stages = readDockerfile(readFileSync(inProject('Dockerfile'), 'utf8'))

test('the build gets every source that it can depend on', async () => {
  const sources = await Array.fromAsync(
    glob(['{app,components,lib,prompts,prisma,public}/**/*.*', '*.{ts,mjs,json}'], { cwd: PROJECT_DIR }),
  )
  const wanted = sources.filter(
    (file) =>
      !/\.test\.tsx?$|^lib\/db\/generated|^(biome|knip)\.json|^(playwright|vitest)\.config|^next-env/.test(
        file,
      ),
  )
  expect(wanted).toContain('prompts/prompts.yaml')
  expect(wanted).toContain('next.config.ts')
  expect(wanted.filter((file) => isIgnored(ignoreFile, file))).toEqual([])
})

test('the build gets no secret, no data, and nothing that nobody named', () => {
  for (const file of [
    ...['.env', '.env.local', 'lib/.env', 'secrets/auth-secret', '.data/auth-secret', '.git/config'],
    ...['.next/standalone/server.js', 'node_modules/next/package.json', 'lib/db/generated/client.ts'],
    ...['backup.sql', 'e2e/support/test.ts', 'docs/operations.md', 'lib/env.test.ts', 'scripts.txt'],
  ]) {
    expect(isIgnored(ignoreFile, file), file).toBe(true)
  }
})

test('what .dockerignore lets in is in the repository, apart from folders that may not be there', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: PROJECT_DIR, encoding: 'utf8' }).split('\n')
  const named = [...ignoreFile.matchAll(/^!(.*)$/gm)].flatMap(([, name]) => name ?? [])
  const optional = ['public', 'proxy.ts']
  const missing = named.filter(
    (name) => !tracked.some((file) => file === name || file.startsWith(`${name}/`)),
  )
  expect(missing.filter((name) => !optional.includes(name))).toEqual([])
})

test('the image runs as an ordinary user, under a process that reaps, with a health check', () => {
  const image = stages.at(-1)
  if (!image) throw new Error('no stage')
  expect(restsOf(image, 'USER')).toEqual(['node'])
  expect(readExecForm(restsOf(image, 'ENTRYPOINT')[0])).toEqual(['tini', '--'])
  expect(restsOf(image, 'HEALTHCHECK')).toHaveLength(1)
  // What is written after it would be the last user's.
  const keywords = image.instructions.map(({ keyword }) => keyword)
  expect(keywords.lastIndexOf('COPY')).toBeLessThan(keywords.indexOf('USER'))
})

test('a Dockerfile is read with its continued lines and without its comments', () => {
  const [build, last] = readDockerfile('# x\nFROM a AS b\nRUN one \\\n  two\nfrom c\nCMD ["d", "e"]\n')
  expect(build).toEqual({ name: 'b', instructions: [{ keyword: 'RUN', rest: 'one two' }] })
  expect(last?.name).toBeUndefined()
  expect(readExecForm(last?.instructions[0]?.rest)).toEqual(['d', 'e'])
  expect(() => readExecForm('node server.js')).toThrow('not written as a list of words')
})
