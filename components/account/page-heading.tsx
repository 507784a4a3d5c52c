import Link from 'next/link'
import type { ReactNode } from 'react'
import { BrandMark } from '#components/ui/brand-mark.tsx'

/** What whoever has deleted their account is told where they are led then. */
export const ACCOUNT_DELETED = 'Your account and everything in it is deleted.'

interface PageHeadingProps {
  title: string
  /** The words of the link home. */
  home?: string
  /** A line or two under the title. */
  children?: ReactNode
}

/** The way home, what this page is for, and what there is to know before. */
export function PageHeading({ title, home = 'Stoa', children }: PageHeadingProps) {
  return (
    <header className="mb-8 flex flex-col gap-2">
      <Link
        href="/"
        className="flex items-center gap-2 self-start font-medium text-muted text-sm hover:text-foreground"
      >
        <BrandMark size={16} />
        {home}
      </Link>
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      {children && <p className="break-words text-pretty text-muted text-sm">{children}</p>}
    </header>
  )
}
