'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { asRequestError, RequestError } from '#components/chat/chat-api.ts'
import { warnBeforeLeaving } from '#components/chat/warn-before-leaving.ts'
import type { ImportState } from '#lib/chat/import-report.ts'
import { beginImport, readReport, removeImport, sendPieces } from './import-api.ts'

const LOOK_AGAIN_MS = 1_000

/** Where an import stands, what can be done about it, and what went wrong. */
export function useImport(stored: ImportState | null) {
  const [state, setState] = useState(stored)
  const [sent, setSent] = useState<number | null>(null)
  const [fault, setFault] = useState<RequestError | null>(null)
  const sending = useRef<AbortController | null>(null)
  const isWorking = state?.status === 'queued' || state?.status === 'running'

  const attempt = useCallback(async <T>(request: () => Promise<T>): Promise<T | null> => {
    setFault(null)
    try {
      return await request()
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return null
      setFault(asRequestError(error))
      return null
    }
  }, [])

  useEffect(() => {
    if (!isWorking || !state) return
    let isGone = false
    const timer = setTimeout(async () => {
      try {
        const report = await readReport(state.id)
        if (isGone) return
        setFault(null)
        setState(report.import)
      } catch (error) {
        if (isGone) return
        const why = asRequestError(error)
        setFault(isForgotten(why) ? null : why)
        if (isForgotten(why)) setState(null)
        // A new object, so that it is asked again; not by whoever is asked to sign in.
        else if (why.code !== 'signed_out') setState((before) => before && { ...before })
      }
    }, LOOK_AGAIN_MS)
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [isWorking, state])

  useEffect(() => () => warnBeforeLeaving(false), [])

  async function send(file: File) {
    const controller = new AbortController()
    sending.current = controller
    warnBeforeLeaving(true)
    setSent(0)
    const done = await attempt(async () => {
      const begun = await beginImport(file)
      setState(begun)
      return sendPieces(file, begun, { signal: controller.signal, onSent: setSent })
    })
    warnBeforeLeaving(false)
    setSent(null)
    if (done) setState(done)
  }

  /** Stops it while it goes on, and forgets its report afterwards. */
  async function remove() {
    sending.current?.abort()
    if (!state) return
    await attempt(async () => {
      await removeImport(state.id).catch((error) => {
        if (!isForgotten(error)) throw error
      })
      setState(null)
    })
  }

  return { state, sent, fault, send, remove }
}

/** Whether another tab has removed it. */
function isForgotten(error: unknown): boolean {
  return error instanceof RequestError && error.code === 'not_found'
}
