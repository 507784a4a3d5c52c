import Link from 'next/link'
import { buttonClass } from '#components/ui/button.tsx'
import { PageHeading } from './page-heading.tsx'

/** What stands in the place of a form whose link does not hold, with what to do. */
export function LinkOver({ title, children }: { title: string; children: string }) {
  return (
    <>
      <PageHeading title={title}>{children}</PageHeading>
      <Link href="/login" className={`${buttonClass()} self-start`}>
        Sign in
      </Link>
    </>
  )
}
