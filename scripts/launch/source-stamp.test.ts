import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stampSources } from './source-stamp.ts'

let root: string

async function write(file: string, content: string) {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true })
  await writeFile(path.join(root, file), content)
}

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'stoa-stamp-'))
  await write('package.json', '{}')
  await write('app/page.tsx', 'page')
  await write('lib/chat/types.ts', 'types')
})

afterEach(() => rm(root, { recursive: true }))

test.each([
  'app/page.tsx',
  'app/(chat)/chat/[conversationId]/page.tsx',
  'lib/db/client.ts',
  'a-new-folder/file.ts',
  'prisma/schema.prisma',
  'public/icon.svg',
  'package-lock.json',
  'next.config.ts',
])('changes with %s', async (file) => {
  const before = await stampSources(root)
  await write(file, 'something else')
  expect(await stampSources(root)).not.toBe(before)
})

test.each([
  'app/page.test.tsx',
  'lib/db/turns.integration.test.ts',
  'lib/db/generated/client.ts',
  'node_modules/next/package.json',
  '.next/build',
  '.data/postgres/PG_VERSION',
  '.env',
  'docs/architecture.md',
  'e2e/specs/chat.spec.ts',
  'scripts/start.ts',
  'prompts/prompts.yaml',
  'prisma/migrations/1_init/migration.sql',
  'README.md',
  'tsconfig.tsbuildinfo',
  'next-env.d.ts',
  'vitest.config.ts',
])('does not change with %s', async (file) => {
  const before = await stampSources(root)
  await write(file, 'something else')
  expect(await stampSources(root)).toBe(before)
})

test('tells files apart by their names and their ends', async () => {
  const before = await stampSources(root)
  await write('app/page.tsx', 'pag')
  await write('lib/chat/types.ts', 'etypes')
  const moved = await stampSources(root)
  expect(moved).not.toBe(before)
  await rm(path.join(root, 'lib/chat/types.ts'))
  await write('lib/chat/kinds.ts', 'etypes')
  expect(await stampSources(root)).not.toBe(moved)
})
