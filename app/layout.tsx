import { CSPProvider } from '@base-ui/react/csp-provider'
import type { Metadata, Viewport } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { keepEarlyInput } from '#components/early/keep-early-input.ts'
import { RepeatEarlyInput } from '#components/early/repeat-early-input.tsx'
import { currentPreferences } from '#lib/auth/session.ts'
import type { Preferences } from '#lib/chat/preferences.ts'
import { THEME_COOKIE, type Theme, themeFrom } from '#lib/chat/theme.ts'
import { log } from '#lib/log.ts'
import { nonceOf } from '#lib/server/content-security-policy.ts'
import { geistItalic, geistMono, geistSans } from './fonts.ts'
import { themeColors } from './theme-colors.ts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Stoa', template: '%s · Stoa' },
  description: 'A chat whose assistant sharpens thinking and does not replace it.',
  robots: { index: false, follow: false },
  appleWebApp: { title: 'Stoa' },
}

export async function generateViewport(): Promise<Viewport> {
  const theme = await chosenTheme()
  return {
    width: 'device-width',
    initialScale: 1,
    viewportFit: 'cover',
    interactiveWidget: 'resizes-content',
    colorScheme: 'light dark',
    themeColor:
      theme === 'system'
        ? (['light', 'dark'] as const).map((scheme) => ({
            media: `(prefers-color-scheme: ${scheme})`,
            color: themeColors[scheme],
          }))
        : themeColors[theme],
  }
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A theme that was chosen comes with the request, so the first paint is right without a script.
  const theme = await chosenTheme()
  const density = await chosenDensity()
  return (
    <html
      lang="en"
      data-theme={theme === 'system' ? undefined : theme}
      data-density={density === 'comfortable' ? undefined : density}
      className={`${geistSans.variable} ${geistItalic.variable} ${geistMono.variable}`}
    >
      <body className="font-sans antialiased">
        <KeepEarlyInput />
        {/* The one rule that it would put into the page stands in globals.css, so that styles come as files only. */}
        <CSPProvider disableStyleElements>{children}</CSPProvider>
        <RepeatEarlyInput />
      </body>
    </html>
  )
}

async function KeepEarlyInput() {
  const nonce = nonceOf((await headers()).get('content-security-policy') ?? '')
  const script = `(${keepEarlyInput})()`
  // Browsers hide a nonce from scripts, so that it is never the same as the one that came.
  // biome-ignore lint/security/noDangerouslySetInnerHtml: it is our own function, with nothing of anybody's in it
  return <script nonce={nonce} dangerouslySetInnerHTML={{ __html: script }} suppressHydrationWarning />
}

async function chosenTheme(): Promise<Theme> {
  return themeFrom((await cookies()).get(THEME_COOKIE)?.value)
}

/** That the database is away is for the page inside to say, which begins by asking it too. */
async function chosenDensity(): Promise<Preferences['density']> {
  try {
    return (await currentPreferences()).density
  } catch (error) {
    log().warn({ error: String(error) }, 'a page is drawn without its preferences')
    return 'comfortable'
  }
}
