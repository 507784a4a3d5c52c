'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useRef, useState } from 'react'
import { RequestError } from '#components/chat/chat-api.ts'
import type { AccountChange } from '#lib/chat/account-change.ts'
import { changeAccount } from './account-api.ts'

/** How the saving of a setting goes. */
export interface Saving {
  state: 'rest' | 'saving' | 'saved'
  /** Why the last attempt failed. */
  fault: RequestError | null
}

const atRest: Saving = { state: 'rest', fault: null }

/** Saves parts of the account, one after the other, so that what was chosen last is what is kept. */
export function useSaving() {
  const router = useRouter()
  const [saving, setSaving] = useState(atRest)
  const last = useRef<Promise<unknown>>(Promise.resolve())

  /** Resolves to whether it is saved. */
  const save = useCallback(
    async (change: AccountChange): Promise<boolean> => {
      setSaving({ state: 'saving', fault: null })
      const attempt = last.current.then(() => changeAccount(change))
      last.current = attempt.catch(() => undefined)
      try {
        await attempt
        setSaving({ state: 'saved', fault: null })
        // Pages that were drawn before do not know it: the router must not show them again.
        router.refresh()
        return true
      } catch (error) {
        if (!(error instanceof RequestError)) throw error
        setSaving({ state: 'rest', fault: error })
        return false
      }
    },
    [router],
  )

  const rest = useCallback(() => setSaving(atRest), [])
  return { saving, save, rest }
}
