import Link from 'next/link'
import { DocumentPage } from '#components/chat/document-page.tsx'
import { buttonClass } from '#components/ui/button.tsx'

export default function PersonaNotFound() {
  return (
    <>
      <title>No such persona · Stoa</title>
      <DocumentPage
        title="There is no such persona"
        intro="The address has a mistake in it, or the persona was taken out of the library."
      >
        <Link href="/personas" prefetch={false} className={buttonClass({ variant: 'primary' })}>
          To the personas
        </Link>
      </DocumentPage>
    </>
  )
}
