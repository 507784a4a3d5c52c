import Link from 'next/link'

export interface LinkSwitchOption {
  href: string
  label: string
  isCurrent: boolean
}

/** A choice of one of a few views of a page, each with its own address. */
export function LinkSwitch({ label, options }: { label: string; options: readonly LinkSwitchOption[] }) {
  return (
    <nav aria-label={label} className="inline-flex max-w-full flex-wrap rounded-lg bg-surface p-0.5">
      {options.map(({ href, label: name, isCurrent }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          scroll={false}
          replace
          aria-current={isCurrent ? 'true' : undefined}
          className="inline-flex h-9 items-center rounded-md border border-transparent px-3 text-muted text-sm transition-colors duration-150 hover:text-foreground aria-[current]:border-line aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-foreground"
        >
          {name}
        </Link>
      ))}
    </nav>
  )
}
