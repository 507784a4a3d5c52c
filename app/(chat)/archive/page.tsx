import type { Metadata } from 'next'
import { ArchivePage } from '#components/conversations/archive-page.tsx'
import { requirePageUser } from '#lib/auth/session.ts'

export const metadata: Metadata = { title: 'Archive' }

export default async function ArchivedConversationsPage() {
  await requirePageUser('/archive')
  return <ArchivePage />
}
