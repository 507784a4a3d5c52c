import Link from 'next/link'
import { buttonClass } from '#components/ui/button.tsx'

/** The ways to older entries of a list, and back to its beginning. */
export function NextPage({ first, next }: { first: string | null; next: string | null }) {
  if (first === null && next === null) return null
  return (
    <nav aria-label="Pages" className="mt-4 flex gap-2">
      {first !== null && (
        <Link href={first} prefetch={false} className={buttonClass({ size: 'small' })}>
          Newest
        </Link>
      )}
      {next !== null && (
        <Link href={next} prefetch={false} className={buttonClass({ size: 'small' })}>
          Older
        </Link>
      )}
    </nav>
  )
}
