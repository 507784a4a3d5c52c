// Plain JavaScript for Node 20: this runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import module from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isInstalled, nodeOf } from './installed.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Installs what package-lock.json names, if it is not there, and runs a script of ours on the Node that came with it:
 * in this process when that is the one, else in a child that gets our signals.
 *
 * @param {string} script Its path in the clone.
 */
export async function bootstrap(script) {
  process.chdir(root)
  if (!isInstalled(root)) install()
  // Saves a fifth of the time that a start takes. Node 20 has none.
  module.enableCompileCache?.(path.join(root, 'node_modules/.cache/stoa'))
  if (isSameFile(process.execPath, nodeOf(root))) await import(pathToFileURL(path.join(root, script)).href)
  else handOver(script)
}

function install() {
  const lock = path.join(root, '.data/install.lock')
  takeInstallLock(lock)
  try {
    console.log('Installing what package-lock.json names …')
    // NODE_ENV=production would leave out what builds.
    const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
    const npm = process.env.npm_execpath
    const result = npm?.endsWith('npm-cli.js')
      ? spawnSync(process.execPath, [npm, ...args], { stdio: 'inherit' })
      : spawnSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' })
    if (result.error) throw result.error
    if (result.status !== 0) throw new Error(`npm ci failed (${result.signal ?? `exit ${result.status}`}).`)
  } finally {
    rmSync(lock, { force: true })
  }
}

function takeInstallLock(lock) {
  // The data folder, as the launcher itself makes it: root's may be passed through.
  mkdirSync(path.dirname(lock), { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    const holder = Number(readFileSync(lock, 'utf8'))
    if (isAlive(holder)) {
      console.error(
        `Another start (process ${holder}) is installing packages in this folder: wait until it is done.`,
      )
      process.exit(1)
    }
    rmSync(lock)
    takeInstallLock(lock)
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function handOver(script) {
  const child = spawn(nodeOf(root), [script, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 1))
}

function isSameFile(one, other) {
  return realpathSync(one) === realpathSync(other)
}
