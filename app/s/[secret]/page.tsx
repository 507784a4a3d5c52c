import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { SharedPage } from '#components/share/shared-page.tsx'
import { inTime } from '#lib/db/in-time.ts'
import { readSharedCopy } from '#lib/db/shares.ts'

/** As `makeSecret` makes them; for anything else the database need not be asked. */
const SECRET = /^[\w-]{43}$/

/** Read once for the head and the body of the page. */
const findCopy = cache(async (secret: string) =>
  SECRET.test(secret) ? inTime(readSharedCopy(secret)) : null,
)

export async function generateMetadata({ params }: PageProps<'/s/[secret]'>): Promise<Metadata> {
  const copy = await findCopy((await params).secret)
  // The title alone: what previews of the link show is kept by others.
  return copy
    ? {
        title: copy.title,
        description: null,
        openGraph: { type: 'article', siteName: 'Stoa', title: copy.title },
      }
    : {}
}

/** A shared copy, for whoever has its address. */
export default async function SharedCopyPage({ params }: PageProps<'/s/[secret]'>) {
  const copy = await findCopy((await params).secret)
  if (!copy) notFound()
  return <SharedPage copy={copy} />
}
