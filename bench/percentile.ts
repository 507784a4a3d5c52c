/** The smallest value that is not exceeded by `share` (0 to 1) of the values; NULL of none. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
}

/** The one in the middle; of two, their mean. NULL of none. */
export function median(values: readonly number[]): number | null {
  const lower = percentile(values, 0.5)
  if (lower === null || values.length % 2 === 1) return lower
  const upper = [...values].sort((a, b) => a - b)[values.length / 2] ?? lower
  return (lower + upper) / 2
}
