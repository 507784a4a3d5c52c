/**
 * Whether Docker leaves a file out of what it builds from, as .dockerignore says: the last line that a file, or a folder
 * above it, matches decides, and `!` takes it back in.
 *
 * @param file relative to the folder that is built
 */
export function isIgnored(ignoreFile: string, file: string): boolean {
  const segments = file.split('/')
  const above = segments.map((_, index) => segments.slice(0, index + 1).join('/'))
  let isOut = false
  for (const line of ignoreFile.split('\n')) {
    if (!line.trim() || line.startsWith('#')) continue
    const pattern = asRegExp(line.trim().replace(/^!/, ''))
    if (above.some((place) => pattern.test(place))) isOut = !line.startsWith('!')
  }
  return isOut
}

/** Node's own globs take no name that begins with a dot for a `*`; Docker does. */
function asRegExp(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/|\*)/)
  const source = parts.map((part) => {
    if (part === '**/') return '(?:.*/)?'
    return part === '*' ? '[^/]*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${source.join('')}$`)
}
