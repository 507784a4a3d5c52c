import { useEffect, useState } from 'react'
import { readKept } from './offline-storage.ts'

/** Whether a conversation that was read before is kept on this device. */
export function useIsKept(id: string): boolean {
  const [isKept, setKept] = useState(false)
  useEffect(() => {
    void readKept().then((kept) => setKept(kept.some((each) => each.id === id)))
  }, [id])
  return isKept
}
