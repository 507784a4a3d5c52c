import Link from 'next/link'
import { DocumentPage } from '#components/chat/document-page.tsx'
import { buttonClass } from '#components/ui/button.tsx'

/** Also for members, to whom none of these pages is there. */
export default function AdminNotFound() {
  return (
    <>
      <title>No such page · Stoa</title>
      <DocumentPage
        title="There is no such page"
        intro="The address has a mistake in it, or the page is for administrators only."
      >
        <Link href="/" prefetch={false} className={buttonClass({ variant: 'primary' })}>
          To your conversations
        </Link>
      </DocumentPage>
    </>
  )
}
