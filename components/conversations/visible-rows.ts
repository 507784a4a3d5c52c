interface Viewport {
  count: number
  /** In px. */
  rowHeight: number
  /** How far the beginning of the list has gone above what is seen, in px; negative: it begins further down. */
  scrolled: number
  /** Of what is seen, in px. */
  height: number
}

/** Up to so many rows are all drawn: find-in-page finds them, and a browser has no trouble with them. */
export const ALL_DRAWN = 120

/** Rows are drawn in steps of so many, so that scrolling draws seldom; as many beyond either edge. */
const STEP = 10

/** Which rows are drawn: the first, and the one after the last. */
export function visibleRows({ count, rowHeight, scrolled, height }: Viewport): [from: number, to: number] {
  if (count <= ALL_DRAWN) return [0, count]
  const first = Math.floor(scrolled / rowHeight / STEP) * STEP - STEP
  const end = Math.ceil((scrolled + height) / rowHeight / STEP) * STEP + STEP
  const clamp = (row: number) => Math.min(count, Math.max(0, row))
  return [clamp(first), clamp(end)]
}

/**
 * The rows in the DOM: those that are seen, the one with the focus and its neighbours, so that the focus is never lost and
 * an arrow key always has somewhere to go, and both ends.
 */
export function drawnRows([from, to]: [number, number], count: number, focused: number | null): number[] {
  const rows = new Set<number>([0, count - 1])
  for (let row = from; row < to; row += 1) rows.add(row)
  if (focused !== null) for (const row of [focused - 1, focused, focused + 1]) rows.add(row)
  return [...rows].filter((row) => row >= 0 && row < count).sort((a, b) => a - b)
}
