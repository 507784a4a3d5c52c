import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readEnvironment } from './read-environment.ts'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stoa-environment-'))
  file = path.join(folder, '.env')
})

afterEach(() => rm(folder, { recursive: true }))

test('needs no .env', () => {
  expect(readEnvironment(file, { NODE_ENV: 'test' }).env.PORT).toBe(3000)
})

test('takes what .env says, unless the environment says something else', async () => {
  await writeFile(file, 'PORT=4000\nHOST="0.0.0.0" # everyone\nAPP_NAME=Ours\n')
  const { env, variables } = readEnvironment(file, { NODE_ENV: 'test', PORT: '5000' })
  expect(env).toMatchObject({ PORT: 5000, HOST: '0.0.0.0', APP_NAME: 'Ours' })
  expect(variables).toEqual({ NODE_ENV: 'test', PORT: '5000', HOST: '0.0.0.0', APP_NAME: 'Ours' })
})

test('passes no empty variable on, and an empty one of the environment hides that of .env', async () => {
  await writeFile(file, 'OPENAI_BASE_URL=http://127.0.0.1:1/v1\nOPENAI_API_KEY=\n')
  const { variables } = readEnvironment(file, { NODE_ENV: 'test', OPENAI_BASE_URL: '' })
  expect(variables).toEqual({ NODE_ENV: 'test' })
})

test('lists the faults of both', async () => {
  await writeFile(file, 'PORT=none\n')
  const read = () => readEnvironment(file, { NODE_ENV: 'test', LOG_LEVEL: 'loud' })
  expect(read).toThrow(/LOG_LEVEL is "loud".*\n.*PORT is "none"/)
})
