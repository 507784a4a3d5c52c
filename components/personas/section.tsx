import type { ReactNode } from 'react'

interface SectionProps {
  title: string
  /** What can be chosen of it, beside the title. */
  controls?: ReactNode
  children: ReactNode
}

/** A part of a page about personas. */
export function Section({ title, controls, children }: SectionProps) {
  return (
    <section className="mb-12">
      <div className="mb-3 flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 className="font-medium text-lg">{title}</h2>
        {controls && <div className="flex min-w-0 flex-wrap items-center gap-2">{controls}</div>}
      </div>
      {children}
    </section>
  )
}
