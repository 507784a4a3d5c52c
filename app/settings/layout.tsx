import type { ReactNode } from 'react'

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return <main className="mx-auto w-full max-w-3xl px-6 pt-12 pb-16">{children}</main>
}
