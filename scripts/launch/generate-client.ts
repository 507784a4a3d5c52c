import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { inProject } from './project.ts'
import { runTool } from './run-tool.ts'

/** Writes the Prisma client into lib/db/generated, unless it is there for this schema and this Prisma. */
export async function generateClient(): Promise<void> {
  const stampFile = inProject('lib/db/generated/.stamp')
  const sources = ['prisma/schema.prisma', 'node_modules/prisma/package.json']
  const hash = createHash('sha256')
  for (const source of sources) hash.update(await readFile(inProject(source)))
  const stamp = hash.digest('hex')
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return
  await runTool(inProject('node_modules/prisma/build/index.js'), ['generate'])
  await writeFile(stampFile, stamp)
}
