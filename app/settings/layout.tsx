import type { ReactNode } from 'react'
import { SectionLinks } from '#components/settings/section-links.tsx'

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex w-full max-w-3xl gap-10 px-6 lg:max-w-[63rem]">
      <SectionLinks className="sticky top-0 hidden w-44 shrink-0 self-start py-12 lg:block" />
      <main className="min-w-0 flex-1 pt-12 pb-16">{children}</main>
    </div>
  )
}
