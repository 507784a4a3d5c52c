import Link from 'next/link'
import { buttonClass } from '#components/ui/button.tsx'
import { NothingHere } from '#components/ui/nothing-here.tsx'

export default function NotFound() {
  return (
    <NothingHere
      title="There is no such page"
      explanation="The address has a mistake in it, or the page is gone."
    >
      <Link href="/" prefetch={false} className={`${buttonClass({ variant: 'primary' })} mt-6`}>
        To your conversations
      </Link>
    </NothingHere>
  )
}
