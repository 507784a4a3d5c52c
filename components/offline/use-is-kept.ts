import { useEffect, useState } from 'react'
import { readKept } from './offline-storage.ts'

/** Whether a conversation that was read before is kept on this device. */
export function useIsKept(id: string): boolean {
  const [isKept, setKept] = useState(false)
  useEffect(() => {
    let isWanted = true
    void readKept().then((kept) => isWanted && setKept(kept.some((each) => each.id === id)))
    return () => {
      isWanted = false
    }
  }, [id])
  return isKept
}
