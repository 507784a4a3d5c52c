import type { Metadata } from 'next'
import { OfflinePage } from '#components/offline/offline-page.tsx'

export const metadata: Metadata = { title: 'Offline' }

/** Kept by the service worker, and shown in the place of any page while the server cannot be reached. */
export default function Offline() {
  return <OfflinePage />
}
