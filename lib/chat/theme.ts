export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const themeLabels: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' }

/** The cookie that holds a chosen theme; readable by the page, which sets it. */
export const THEME_COOKIE = 'stoa-theme'

/** The theme that a cookie's value names; anything else follows the system. */
export function themeFrom(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system'
}
