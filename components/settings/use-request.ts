'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useState } from 'react'
import { asRequestError, type RequestError } from '#components/chat/chat-api.ts'

/** How something goes that was asked of the server. The page is drawn again when it is done. */
export function useRequest() {
  const router = useRouter()
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<RequestError | null>(null)

  /** Resolves to what the request is answered; NULL when it was refused. */
  const run = useCallback(
    async <T>(request: () => Promise<T>): Promise<T | null> => {
      setBusy(true)
      setFault(null)
      try {
        const answer = await request()
        router.refresh()
        return answer
      } catch (error) {
        setFault(asRequestError(error))
        return null
      } finally {
        setBusy(false)
      }
    },
    [router],
  )

  return { isBusy, fault, run }
}
