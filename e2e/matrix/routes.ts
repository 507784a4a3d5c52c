import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'
import { STANDALONE_DIR } from '#scripts/launch/build.ts'
import { PROJECT_DIR } from '#scripts/launch/project.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Every operation that the route files export, as `PATCH /api/conversations/[conversationId]`. */
export async function routeOperations(): Promise<string[]> {
  const operations: string[] = []
  for (const file of await sources('app/**/route.ts')) {
    const address = path
      .dirname(file)
      .split(path.sep)
      .slice(1)
      .filter((segment) => !/^\(.*\)$/.test(segment))
      .join('/')
    const exported = exportedNames(await readFile(path.join(PROJECT_DIR, file), 'utf8'))
    operations.push(
      ...exported.filter((name) => METHODS.includes(name)).map((method) => `${method} /${address}`),
    )
  }
  return operations.sort()
}

export interface ServerAction {
  /** As `app/(account)/actions.ts#signInAction`. */
  name: string
  /** What the browser calls it by; NULL: no page uses it, so that nobody can call it. */
  id: string | null
}

/** Every server action that the sources export. */
export async function serverActions(): Promise<ServerAction[]> {
  const ids = await actionIds()
  const actions: ServerAction[] = []
  for (const file of await sources('{app,components,lib}/**/*.{ts,tsx}')) {
    const text = await readFile(path.join(PROJECT_DIR, file), 'utf8')
    if (!/^\s*['"]use server['"]/m.test(text)) continue
    actions.push(
      ...exportedNames(text).map((name) => {
        const action = `${file}#${name}`
        return { name: action, id: ids.get(action) ?? null }
      }),
    )
  }
  return actions
}

async function sources(pattern: string): Promise<string[]> {
  const files = await Array.fromAsync(glob(pattern, { cwd: PROJECT_DIR, exclude: ['lib/db/generated/**'] }))
  return files.sort()
}

/** Functions, constants, and names in braces; a type is none. */
function exportedNames(text: string): string[] {
  const declared = [...text.matchAll(/^export (?:async )?(?:function\*?|const|let) (\w+)/gm)].map(
    ([, name]) => name,
  )
  const listed = [...text.matchAll(/^export (?:const )?\{([^}]*)\}/gm)].flatMap(([, names]) =>
    (names ?? '').split(',').map((name) =>
      name
        .trim()
        .split(/ as |: /)
        .at(-1),
    ),
  )
  return [...declared, ...listed].flatMap((name) => name || [])
}

/** From what `next build` wrote down. */
async function actionIds(): Promise<Map<string, string>> {
  const file = path.join(STANDALONE_DIR, '.next/server/server-reference-manifest.json')
  const manifest = JSON.parse(await readFile(file, 'utf8')) as {
    node: Record<string, { filename?: string; exportedName?: string }>
  }
  return new Map(
    Object.entries(manifest.node).map(([id, { filename, exportedName }]) => [
      `${filename}#${exportedName}`,
      id,
    ]),
  )
}
