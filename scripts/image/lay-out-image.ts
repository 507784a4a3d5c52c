import { cp, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { inProject } from '../launch/project.ts'
import { isIgnored } from './is-ignored.ts'
import { readDockerfile, readExecForm, restsOf, type Stage } from './read-dockerfile.ts'

/** What the build makes in its stage; all else there came from the clone. */
const BUILT = /^(\.next|node_modules|lib\/db\/generated)(\/|$)/

export interface LaidOutImage {
  /** The working folder of the image, laid out. */
  folder: string
  /** What `ENV` sets. */
  environment: Record<string, string>
  user: string
  command: string[]
  healthCheck: string[]
}

/**
 * Lays out, without Docker, the files that the last stage of our Dockerfile copies together, from this clone, which has been
 * built: also file modes, and nothing that .dockerignore would have kept from the build.
 *
 * @param root an empty folder, for the root of the image
 * @throws Error for a `COPY` that has no source here, and for what this cannot read.
 */
export async function layOutImage(root: string): Promise<LaidOutImage> {
  const stages = readDockerfile(await readFile(inProject('Dockerfile'), 'utf8'))
  const ignoreFile = await readFile(inProject('.dockerignore'), 'utf8')
  const image = stages.at(-1)
  if (!image) throw new Error('The Dockerfile has no stage')
  const folder = path.join(root, workingFolder(image))
  await mkdir(folder, { recursive: true })
  for (const rest of restsOf(image, 'COPY')) {
    const { from, sources, target } = readCopy(rest)
    const stage = stages.find(({ name }) => name === from)
    if (!stage) throw new Error(`COPY ${rest}: only what an earlier stage made can be laid out`)
    for (const source of sources) {
      const inStage = path.posix.relative(workingFolder(stage), source)
      await copyFromClone(inStage, targetOf(folder, source, target), ignoreFile)
    }
  }
  return {
    folder,
    environment: Object.fromEntries(restsOf(image, 'ENV').flatMap(readPairs)),
    user: restsOf(image, 'USER').at(-1) ?? 'root',
    command: readExecForm(restsOf(image, 'CMD').at(-1)),
    healthCheck: readExecForm(
      restsOf(image, 'HEALTHCHECK')
        .at(-1)
        ?.replace(/^.*?CMD /, ''),
    ),
  }
}

function workingFolder(stage: Stage): string {
  return restsOf(stage, 'WORKDIR').at(-1) ?? '/'
}

function readCopy(rest: string): { from: string | undefined; sources: string[]; target: string } {
  const words = rest.split(/\s+/)
  const options = words.filter((word) => word.startsWith('--'))
  const unknown = options.find((option) => !option.startsWith('--from='))
  if (unknown) throw new Error(`COPY ${rest}: ${unknown} cannot be laid out`)
  const [, from] = options[0]?.split('=') ?? []
  const sources = words.filter((word) => !word.startsWith('--'))
  const target = sources.pop() ?? ''
  return { from, sources, target }
}

/** A folder is copied as what is in it, a file into a folder under its own name. */
function targetOf(folder: string, source: string, target: string): string {
  const isFile = path.posix.extname(source) === '.ts'
  return path.resolve(folder, target, isFile && target.endsWith('/') ? path.posix.basename(source) : '')
}

async function copyFromClone(source: string, target: string, ignoreFile: string): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true })
  const isThere = (place: string) => BUILT.test(place) || !isIgnored(ignoreFile, place)
  if (!isThere(source)) throw new Error(`COPY of ${source}: .dockerignore keeps it from the build`)
  await cp(inProject(source), target, {
    recursive: true,
    filter: (place) => isThere(path.relative(inProject(), place)),
  })
}

function readPairs(rest: string): [string, string][] {
  return rest.split(/\s+/).map((pair) => {
    const [name = '', ...value] = pair.split('=')
    return [name, value.join('=')]
  })
}
