'use client'

import { useEffect } from 'react'
import { forgetOthers } from './offline-storage.ts'

/** On pages that whoever is signed out sees: nothing that was read on this device is kept for it any longer. */
export function ForgetKept() {
  useEffect(() => void forgetOthers(null), [])
  return null
}
