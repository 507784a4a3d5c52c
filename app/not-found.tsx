import Link from 'next/link'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { buttonClass } from '#components/ui/button.tsx'

export default function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-6 text-center">
      <BrandMark size={28} />
      <h1 className="mt-6 mb-2 font-semibold text-xl">There is no such page</h1>
      <p className="text-balance text-muted">The address has a mistake in it, or the page is gone.</p>
      <Link href="/" prefetch={false} className={`${buttonClass({ variant: 'primary' })} mt-6`}>
        To your conversations
      </Link>
    </main>
  )
}
