'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { PageHeader } from './page-header.tsx'

interface DocumentPageProps {
  title: string
  /** The page that this one belongs to. */
  parent?: { href: string; label: string }
  /** A line or two under the title. */
  intro?: ReactNode
  /** What can be done with what the page is about. */
  actions?: ReactNode
  children: ReactNode
}

/** A page beside the conversations that is read from top to bottom. */
export function DocumentPage({ title, parent, intro, actions, children }: DocumentPageProps) {
  return (
    <>
      <PageHeader />
      <div
        id="page"
        tabIndex={-1}
        className="min-h-0 flex-1 touch-pan-y touch-pinch-zoom overflow-y-auto px-4 outline-hidden md:px-8"
      >
        <div className="mx-auto w-full max-w-240 pt-2 pb-16 md:pt-4">
          {parent && (
            <Link
              href={parent.href}
              prefetch={false}
              className="mb-1 inline-flex h-8 items-center font-medium text-muted text-sm hover:text-foreground"
            >
              {parent.label}
            </Link>
          )}
          <div className="mb-8 flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
            <div className="min-w-0">
              <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
              {intro && <p className="mt-2 max-w-(--column) text-pretty text-muted">{intro}</p>}
            </div>
            {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
          </div>
          {children}
        </div>
      </div>
    </>
  )
}
