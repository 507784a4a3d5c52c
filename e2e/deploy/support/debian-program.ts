import { execFile } from 'node:child_process'
import { access, constants, glob, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { TestInfo } from '@playwright/test'
import { inProject } from '#scripts/launch/project.ts'

const run = promisify(execFile)

const CACHE = inProject('node_modules/.cache/debian-programs')
const FOLDERS = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin']

/** A program that may have been unpacked into a folder of ours. */
export interface DebianProgram {
  file: string
  /** Where it finds the libraries that came with it. */
  env: NodeJS.ProcessEnv
}

/** The same for a test, which is skipped where the program cannot be had, and says so. */
export async function needDebianProgram(
  info: TestInfo,
  name: string,
  packages: string[],
): Promise<DebianProgram> {
  const found = await findDebianProgram(name, packages)
  if (typeof found !== 'string') return found
  process.stderr.write(`SKIPPED "${info.title}": ${found}\n`)
  info.skip(true, found)
  throw new Error(found)
}

/**
 * A program of this machine, or one out of Debian's packages, which are unpacked into a folder of our own: that takes no
 * root, and installs nothing.
 *
 * @returns why there is none, where it can be had neither way
 */
async function findDebianProgram(name: string, packages: string[]): Promise<DebianProgram | string> {
  for (const folder of FOLDERS) {
    if (await isProgram(path.join(folder, name))) {
      return { file: path.join(folder, name), env: { NODE_ENV: 'test' } }
    }
  }
  const root = path.join(CACHE, name)
  const file = path.join(root, 'usr/sbin', name)
  try {
    if (!(await isProgram(file))) await unpack(root, packages)
    const [libraries] = await Array.fromAsync(glob(path.join(root, 'usr/lib/*-linux-gnu')))
    const env: NodeJS.ProcessEnv = { NODE_ENV: 'test', ...(libraries && { LD_LIBRARY_PATH: libraries }) }
    await run(file, ['-V'], { env })
    return { file, env }
  } catch (error) {
    const [reason] = String(error).split('\n')
    return `${name} is neither installed nor can it be unpacked from Debian's packages: ${reason}`
  }
}

async function unpack(root: string, packages: string[]): Promise<void> {
  await mkdir(root, { recursive: true })
  const download = () => run('apt-get', ['download', ...packages], { cwd: root })
  // A new machine has no list of packages yet.
  await download().catch(async () => {
    await run('apt-get', ['update'])
    await download()
  })
  for await (const file of glob(path.join(root, '*.deb'))) await run('dpkg', ['-x', file, root])
}

function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}
