import localFont from 'next/font/local'

// The files of the `geist` package, declared here and not by it: its module preloads the monospaced face on
// every page, and has no italic.
export const geistSans = localFont({
  src: '../node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2',
  variable: '--font-geist-sans',
  weight: '100 900',
})

export const geistItalic = localFont({
  src: '../node_modules/geist/dist/fonts/geist-sans/Geist-Italic[wght].woff2',
  variable: '--font-geist-italic',
  weight: '100 900',
  style: 'italic',
  preload: false,
})

export const geistMono = localFont({
  src: '../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2',
  variable: '--font-geist-mono',
  weight: '100 900',
  preload: false,
  adjustFontFallback: false,
  fallback: ['ui-monospace', 'SFMono-Regular', 'Menlo', 'Consolas', 'monospace'],
})
