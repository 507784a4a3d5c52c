import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'

interface DisclosureProps {
  title: ReactNode
  /** What is said at the end of the line. */
  figure?: string
  children: ReactNode
}

/** A line that opens to more; what it holds is drawn only then, since it may be as long as a conversation. */
export function Disclosure({ title, figure, children }: DisclosureProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="-mx-2 flex min-h-10 cursor-pointer list-none items-center gap-2.5 rounded-md px-2 py-2 text-sm hover:bg-hover [&::-webkit-details-marker]:hidden">
        <span className="flex min-w-0 flex-1 items-center gap-2.5">{title}</span>
        {figure && <span className="shrink-0 tabular-nums">{figure}</span>}
        <ChevronRight
          aria-hidden
          size={16}
          className="shrink-0 text-muted transition-transform duration-150 [details[open]>summary>&]:rotate-90"
        />
      </summary>
      {isOpen && <div className="pt-1 pb-4">{children}</div>}
    </details>
  )
}
