import type { Intensity } from '#lib/chat/types.ts'

/** The names of the intensities, and what each means. */
export const intensityLabels: Record<Intensity, { label: string; description: string }> = {
  low: { label: 'Low', description: 'A light touch' },
  medium: { label: 'Medium', description: 'Direct, and fair' },
  high: { label: 'High', description: 'Presses hard' },
}
