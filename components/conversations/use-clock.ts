'use client'

import { useEffect, useState } from 'react'
import { setPreferenceCookie } from '#components/ui/preference-cookie.ts'
import { TIME_ZONE_COOKIE } from '#lib/chat/time-zone.ts'

export interface Clock {
  now: Date
  /** An IANA name. */
  timeZone: string
}

/**
 * The time by which days are told apart. It begins as the server read it, so that the first drawing is the server's,
 * goes over to the browser's, and is read again when a day begins or the page is shown.
 */
export function useClock(initial: { now: number; timeZone: string }): Clock {
  const [clock, setClock] = useState<Clock>(() => ({
    now: new Date(initial.now),
    timeZone: initial.timeZone,
  }))

  useEffect(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
    setPreferenceCookie(TIME_ZONE_COOKIE, timeZone)
    let timer: ReturnType<typeof setTimeout>

    function read() {
      const now = new Date()
      const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1)
      setClock({ now, timeZone })
      clearTimeout(timer)
      timer = setTimeout(read, midnight.getTime() - now.getTime() + 1000)
    }

    read()
    document.addEventListener('visibilitychange', read)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', read)
    }
  }, [])

  return clock
}
