import { type ReactNode, useId } from 'react'

interface MakingSectionProps {
  title: string
  /** Said at the end of the title's line. */
  figure?: string
  children: ReactNode
}

/** A part of how an answer was made. */
export function MakingSection({ title, figure, children }: MakingSectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="mt-8">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 id={id} className="font-medium">
          {title}
        </h3>
        {figure && <p className="text-muted text-sm tabular-nums">{figure}</p>}
      </div>
      {children}
    </section>
  )
}
