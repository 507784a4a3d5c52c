/** `--color-background` of globals.css, for what cannot read style sheets: the frames of browsers and installed apps. */
export const themeColors = { light: '#fdfdfb', dark: '#161513' } as const
