import { describe, expect, it } from 'vitest'
import { parseParent, parseProcessorTime, parseResidentMemory } from './process-tree.ts'

const stat =
  '42 (node (a) worker) S 7 42 42 0 -1 4194304 9 0 0 0 120 30 4 6 20 0 11 0 5000 1000 200 18446744073709551615\n'

describe('what /proc says of a process', () => {
  it('is read past names with brackets and blanks', () => {
    expect(parseParent(stat)).toBe(7)
    expect(parseProcessorTime(stat)).toBe((120 + 30 + 4 + 6) * 10)
  })

  it('is nothing for a process that has just ended', () => {
    expect(parseParent('')).toBeNull()
    expect(parseResidentMemory('Name:\tnode\nState:\tZ (zombie)\n')).toBe(0)
  })

  it('holds the memory in KiB', () => {
    expect(parseResidentMemory('Name:\tnode\nVmHWM:\t   90000 kB\nVmRSS:\t   81234 kB\n')).toBe(81_234)
  })
})
