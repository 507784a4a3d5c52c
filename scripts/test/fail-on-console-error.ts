import { format } from 'node:util'
import { afterEach } from 'vitest'

/** What was complained of during the test that runs; a test that expects a complaint spies on console.error itself. */
let complaints: string[] = []

console.error = (...args: unknown[]) => {
  complaints.push(format(...args))
}

afterEach(() => {
  const unexpected = complaints
  complaints = []
  if (unexpected.length > 0) throw new Error(`Unexpected console.error:\n${unexpected.join('\n')}`)
})
