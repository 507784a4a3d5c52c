import type { Preferences } from '#lib/chat/preferences.ts'

export type Density = Preferences['density']

export const densities: { value: Density; label: string }[] = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
]

/** How close things stand on this page. */
export function shownDensity(): Density {
  return document.documentElement.dataset.density === 'compact' ? 'compact' : 'comfortable'
}

export function setDensity(density: Density): void {
  if (density === 'compact') document.documentElement.dataset.density = density
  else delete document.documentElement.dataset.density
}
