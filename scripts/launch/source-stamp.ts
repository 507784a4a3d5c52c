import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'

/**
 * What a build does not depend on. Anything else counts, so that a new folder of sources is never forgotten. Prompts are
 * read at run time.
 */
const NOT_BUILT = [
  ...['node_modules', 'lib/db/generated', 'prisma/migrations', 'prompts', 'docs', 'e2e', 'bench', 'scripts'],
  ...['test-results', 'playwright-report', 'next-env.d.ts', 'biome.json', 'knip.json'],
]
const NOT_BUILT_FILE = /^\.|\.md$|\.test\.tsx?$|\.tsbuildinfo$|^(vitest|playwright)\.config\./

/** A hash over every file that a build depends on, under the paths they have in the clone. */
export async function stampSources(root: string): Promise<string> {
  const files: string[] = []
  const isLeftOut = (file: string) => NOT_BUILT.includes(file) || NOT_BUILT_FILE.test(path.basename(file))
  const entries = glob('**', {
    cwd: root,
    withFileTypes: true,
    exclude: (entry) => isLeftOut(path.relative(root, path.join(entry.parentPath, entry.name))),
  })
  for await (const entry of entries) {
    if (entry.isFile()) files.push(path.relative(root, path.join(entry.parentPath, entry.name)))
  }
  const contents = await Promise.all(files.sort().map((file) => readFile(path.join(root, file))))
  const hash = createHash('sha256')
  for (const [index, content] of contents.entries()) {
    hash.update(`${files[index]}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}
