import { THEME_COOKIE, type Theme, themeFrom } from '#lib/chat/theme.ts'
import { setPreferenceCookie } from './preference-cookie.ts'

/** Shows the page in a theme, and has the server draw the next ones in it. */
export function setTheme(theme: Theme): void {
  setPreferenceCookie(THEME_COOKIE, theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** The theme that the page is shown in. */
export function shownTheme(): Theme {
  return themeFrom(document.documentElement.dataset.theme)
}
