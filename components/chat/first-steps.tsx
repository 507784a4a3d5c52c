import Link from 'next/link'
import type { ReactNode } from 'react'

/** For whoever has just set this Stoa up: what comes next, and where things are. */
export function FirstSteps() {
  return (
    <section aria-label="First steps" className="mt-6 text-pretty text-muted text-sm">
      <p>
        You are an administrator here. Invite others, and say who may sign up, in{' '}
        <PageLink href="/admin">Administration</PageLink>, where{' '}
        <PageLink href="/admin/system">System</PageLink> tells whether the models answer. What answers cost is
        in <PageLink href="/usage">Usage</PageLink>; your own instructions to them, and tokens for programs
        and the terminal, are in <PageLink href="/settings">Settings</PageLink>. The account menu leads to all
        of it.
      </p>
    </section>
  )
}

function PageLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="text-foreground underline decoration-line underline-offset-4 hover:decoration-current"
    >
      {children}
    </Link>
  )
}
