'use client'

import { useLayoutEffect, useRef, useState } from 'react'
import { FaultLine } from '#components/settings/fault-line.tsx'
import type { ImportState } from '#lib/chat/import-report.ts'
import { describeEnd, fileSize } from './describe-import.ts'
import { ImportDrop } from './import-drop.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ImportResult } from './import-result.tsx'
import { useImport } from './use-import.ts'

interface ImportSettingsProps {
  /** The newest import; NULL: there is none. */
  stored: ImportState | null
  /** The largest file that is taken. */
  maxMegabytes: number
}

/** Brings conversations along from elsewhere. */
export function ImportSettings({ stored, maxMegabytes }: ImportSettingsProps) {
  const { state, sent, fault, send, remove } = useImport(stored)
  const isWorking = state?.status === 'queued' || state?.status === 'running'
  const isSending = state?.status === 'uploading' && sent !== null
  const isLeft = state?.status === 'uploading' && sent === null
  const isBusy = isSending || isWorking
  const [wasBusy, setWasBusy] = useState(false)
  if (isBusy && !wasBusy) setWasBusy(true)
  const { box, ...focusListeners } = useHeldFocus(isBusy)
  return (
    <div ref={box} className="flex flex-col gap-6" {...focusListeners}>
      {/* Here before there is something to say, and only of what came to an end while one was here. */}
      <p role="status" className="sr-only">
        {wasBusy && state && !isBusy && !isLeft ? describeEnd(state) : ''}
      </p>
      {state && isBusy ? (
        <ImportProgress state={state} sent={isSending ? sent : null} onStop={() => void remove()} />
      ) : (
        <>
          {state && !isLeft && <ImportResult state={state} onForget={() => void remove()} />}
          <ImportDrop
            hint={
              isLeft
                ? `Of ${state.fileName} (${fileSize(state.size)}) a part is here. Choose it once more to go on, or another file.`
                : `Drop an export of ChatGPT, of Claude or of another Stoa here: the zip as you got it, or its JSON. Up to ${maxMegabytes} MB.`
            }
            action="Choose a file"
            onFile={(file) => void send(file)}
          />
        </>
      )}
      <FaultLine fault={fault} />
    </div>
  )
}

/** What is pressed goes away with its pressing: the focus goes on to what takes its place. */
function useHeldFocus(isBusy: boolean) {
  const box = useRef<HTMLDivElement>(null)
  const hadFocus = useRef(false)
  const shown = useRef(isBusy)

  useLayoutEffect(() => {
    if (shown.current === isBusy) return
    shown.current = isBusy
    if (!hadFocus.current || document.activeElement !== document.body) return
    box.current?.querySelector<HTMLElement>(isBusy ? 'button' : 'input[type=file]')?.focus()
  }, [isBusy])

  return {
    box,
    onFocus: () => {
      hadFocus.current = true
    },
    // Not when what has it is taken away.
    onBlur: () => {
      hadFocus.current = false
    },
  }
}
