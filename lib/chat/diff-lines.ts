import { diffArrays } from 'diff'

/** Lines in a row that two texts share, or that only one of them has; `folded` ones are shared and far from any difference. */
export interface DiffPart {
  kind: 'same' | 'left' | 'right' | 'folded'
  lines: string[]
}

/** How many shared lines are shown on each side of a difference. */
const CONTEXT_LINES = 2
/** Folding fewer lines than this saves nothing. */
const LEAST_FOLDED = 3

/** The difference between two texts, line by line; `[]` when they are the same. */
export function diffLines(left: string, right: string): DiffPart[] {
  if (left === right) return []
  const parts = diffArrays(left.split('\n'), right.split('\n'))
  return parts.flatMap(({ added, removed, value }, index): DiffPart[] => {
    if (removed) return [{ kind: 'left', lines: value }]
    if (added) return [{ kind: 'right', lines: value }]
    return foldMiddle(value, index === 0, index === parts.length - 1)
  })
}

/** Shared lines, of which only those beside a difference stay in sight. */
function foldMiddle(lines: string[], isFirst: boolean, isLast: boolean): DiffPart[] {
  const before = isFirst ? 0 : CONTEXT_LINES
  const after = isLast ? 0 : CONTEXT_LINES
  const end = lines.length - after
  if (end - before < LEAST_FOLDED) return [{ kind: 'same', lines }]
  const parts: DiffPart[] = [
    { kind: 'same', lines: lines.slice(0, before) },
    { kind: 'folded', lines: lines.slice(before, end) },
    { kind: 'same', lines: lines.slice(end) },
  ]
  return parts.filter((part) => part.lines.length > 0)
}
