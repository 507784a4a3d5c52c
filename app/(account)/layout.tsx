import type { ReactNode } from 'react'

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-96 flex-col px-6 pt-[max(3rem,14dvh)] pb-12">
      {children}
    </main>
  )
}
