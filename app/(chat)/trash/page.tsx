import type { Metadata } from 'next'
import { TrashPage } from '#components/conversations/trash-page.tsx'
import { requirePageUser } from '#lib/auth/session.ts'

export const metadata: Metadata = { title: 'Trash' }

export default async function DeletedConversationsPage() {
  await requirePageUser('/trash')
  return <TrashPage />
}
