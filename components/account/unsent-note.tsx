'use client'

import { useSyncExternalStore } from 'react'
import { holdsUnsent } from '#components/chat/unsent-storage.ts'

/** That a message waits in this browser; not which one, and not whose: somebody else may sit there. */
export function UnsentNote() {
  const isWaiting = useSyncExternalStore(
    () => () => {},
    () => holdsUnsent(),
    () => false,
  )
  if (!isWaiting) return null
  return (
    <p role="status" className="-mt-4 mb-8 text-pretty text-muted text-sm">
      A message waits in this browser and is sent once its author has signed in.
    </p>
  )
}
