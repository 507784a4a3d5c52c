/** What a key does to the list of commands while it is open. */
export type ListKey = { move: number } | 'complete' | 'choose' | 'close'

interface OpenList {
  /** Of the active line. */
  index: number
  count: number
  /** What is typed, and what the active line would make of it. */
  typed: string
  completed: string
}

/** NULL: the key is not for the list. Tab completes as long as there is something to complete; then it goes on, as anywhere. */
export function listKey(key: string, { index, count, typed, completed }: OpenList): ListKey | null {
  if (key === 'ArrowDown') return { move: (index + 1) % count }
  if (key === 'ArrowUp') return { move: (index - 1 + count) % count }
  if (key === 'Tab') return typed === completed ? null : 'complete'
  if (key === 'Enter') return 'choose'
  return key === 'Escape' ? 'close' : null
}
