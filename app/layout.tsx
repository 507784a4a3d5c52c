import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { THEME_COOKIE, themeFrom } from '#lib/chat/theme.ts'
import { geistItalic, geistMono, geistSans } from './fonts.ts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Stoa', template: '%s · Stoa' },
  description: 'A chat whose assistant sharpens thinking and does not replace it.',
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
  colorScheme: 'light dark',
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A theme that was chosen comes with the request, so the first paint is right without a script.
  const theme = themeFrom((await cookies()).get(THEME_COOKIE)?.value)
  return (
    <html
      lang="en"
      data-theme={theme === 'system' ? undefined : theme}
      className={`${geistSans.variable} ${geistItalic.variable} ${geistMono.variable}`}
    >
      <body className="font-sans antialiased">{children}</body>
    </html>
  )
}
