import type { z } from 'zod'

/** Something wrong at a path of a document. */
export interface Problem {
  path: readonly PropertyKey[]
  message: string
}

/**
 * Puts what zod found in the value called `root` into words: where, what stands there, what is wanted. Unknown keys
 * become one problem each, since each has its own line.
 */
export function describeIssue(issue: z.core.$ZodIssue, root: string, value: unknown): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const path = [root, ...issue.path, key]
      return { path, message: `${path.join('.')} is an unknown key` }
    })
  }
  const path = [root, ...issue.path]
  return [
    { path, message: `${path.join('.')} ${describeValue(valueAt(value, issue.path))}: ${issue.message}` },
  ]
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )
}

function describeValue(value: unknown): string {
  if (value === undefined) return 'is missing'
  if (value === null || value === '') return 'is empty'
  if (Array.isArray(value)) return `is a list of ${value.length}`
  if (typeof value === 'object') return 'is a mapping'
  const text = String(value)
  return `is "${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`
}
