// Plain JavaScript for Node 20: this runs before anything is installed.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Whether node_modules holds what package-lock.json asks for, whoever installed it: npm leaves a lock file of what it
 * did there, at the end.
 *
 * @param {string} root
 */
export function isInstalled(root) {
  const wanted = readPackages(path.join(root, 'package-lock.json'))
  const present = readPackages(path.join(root, 'node_modules/.package-lock.json'))
  // Node's own package links its binary in an install script, which can have been left out.
  if (!wanted || !present || !existsSync(nodeOf(root))) return false
  return Object.entries(wanted).every(([name, { version, optional }]) => {
    if (name === '') return true
    // Those for other machines are not installed.
    if (!present[name]) return optional === true
    return present[name].version === version
  })
}

/** The Node that the sources need, out of the package `node`. */
export function nodeOf(root) {
  return path.join(root, 'node_modules/node/bin/node')
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined // Not there, or cut short: then nothing is installed.
  }
}
