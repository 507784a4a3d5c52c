/** One for all: `toLocaleString` makes a formatter for every call, which costs more than all else of a line of figures. */
const counts = new Intl.NumberFormat('en')

/** A whole number for people: `1,200`. */
export function formatCount(count: number): string {
  return counts.format(count)
}
