import type { ReactNode } from 'react'

interface UsageSectionProps {
  title: string
  /** What there is to know of the figures. */
  note?: string
  children: ReactNode
}

/** A part of the page about usage. */
export function UsageSection({ title, note, children }: UsageSectionProps) {
  return (
    <section className="mb-12">
      <h2 className="font-medium text-lg">{title}</h2>
      {note && <p className="mt-0.5 text-pretty text-muted text-sm">{note}</p>}
      <div className="mt-3">{children}</div>
    </section>
  )
}
