import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSecretFiles } from './read-secret-files.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stoa-secrets-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function file(name: string, text: string): Promise<string> {
  const place = path.join(folder, name)
  await writeFile(place, text)
  return place
}

test('a file stands for the secret, without the end of its last line', async () => {
  const source = {
    AUTH_SECRET_FILE: await file('auth', ' a secret \n'),
    PGPASSWORD_FILE: await file('password', 'hunter2\r\n'),
    OPENAI_API_KEY_FILE: await file('key', 'sk-1'),
    DATABASE_URL_FILE: await file('url', 'postgresql://db/stoa\n'),
    METRICS_TOKEN_FILE: '',
  }
  expect(await readSecretFiles(source)).toEqual({
    AUTH_SECRET: ' a secret ',
    PGPASSWORD: 'hunter2',
    OPENAI_API_KEY: 'sk-1',
    DATABASE_URL: 'postgresql://db/stoa',
  })
})

test('what others call a file is left alone', async () => {
  expect(await readSecretFiles({ SSL_CERT_FILE: '/nowhere', AUTH_URL_FILE: '/nowhere' })).toEqual({})
})

test('faults name the variable and the file, and never the secret', async () => {
  const auth = await file('auth', 'hidden')
  const empty = await file('empty', '\n')
  await expect(readSecretFiles({ AUTH_SECRET: 'x', AUTH_SECRET_FILE: auth })).rejects.toThrow(
    'AUTH_SECRET and AUTH_SECRET_FILE are both set: keep one of them.',
  )
  await expect(readSecretFiles({ AUTH_SECRET_FILE: empty })).rejects.toThrow(
    `AUTH_SECRET_FILE names ${empty}, which is empty.`,
  )
  await expect(readSecretFiles({ AUTH_SECRET_FILE: `${folder}/none` })).rejects.toThrow(
    `AUTH_SECRET_FILE names ${folder}/none, which cannot be read`,
  )
})
