'use client'

import { useCallback, useEffect, useState } from 'react'
import { RequestError } from '#components/chat/chat-api.ts'
import type { OpenMaking } from '#components/chat/conversation-dialog.ts'
import type { ConversationStore } from '#components/chat/conversation-store.ts'
import { useCell } from '#components/chat/use-cell.ts'
import { Button } from '#components/ui/button.tsx'
import { SideSheet } from '#components/ui/dialog.tsx'
import type { GenerationMaking } from '#lib/chat/generation-making.ts'
import { readMaking } from './making-api.ts'
import { MakingContent } from './making-content.tsx'

interface MakingSheetProps {
  store: ConversationStore
  open: OpenMaking
  onClose(): void
}

/** What was read, and of which state of the answer: what is read late is never shown under another name. */
interface Reading {
  of: string
  making: GenerationMaking | null
  fault: string | null
}

/** How an answer was made: read when it is opened, and again when the answer goes on or ends. */
export function MakingSheet({ store, open, onClose }: MakingSheetProps) {
  const answer = useCell(store.transcript.cellOf(open.messageId))
  const newest = answer.role === 'assistant' ? `${answer.generation.id} ${answer.generation.status}` : ''
  const [chosen, setChosen] = useState<{ run: string; newest: string } | null>(null)
  // A new run of the answer is shown in the place of one that was looked at.
  const run = chosen?.newest === newest ? chosen.run : null
  const of = `${newest} ${run}`
  const [reading, setReading] = useState<Reading | null>(null)
  const [tries, setTries] = useState(0)
  const shown = reading?.of === of ? reading : null

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when it is tried again.
  useEffect(() => {
    let isWanted = true
    const put = (made: Omit<Reading, 'of'>) => isWanted && setReading({ of, ...made })
    readMaking(store.id, open.messageId, run)
      .then((making) => put({ making, fault: null }))
      .catch((error: unknown) => {
        if (!(error instanceof RequestError)) throw error
        put({ making: null, fault: error.message })
      })
    return () => {
      isWanted = false
    }
  }, [store, open, run, of, tries])

  const again = useCallback(() => {
    setReading(null)
    setTries((count) => count + 1)
  }, [])

  return (
    <SideSheet
      isOpen
      onClose={onClose}
      title="How this was made"
      focusAfter={() => (open.opener.isConnected ? open.opener : document.getElementById('composer'))}
    >
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pt-4 pb-10 outline-offset-[-2px]"
      >
        {shown?.making && (
          <MakingContent
            making={shown.making}
            onRun={(generationId) => setChosen({ run: generationId, newest })}
            onSummary={() => {
              onClose()
              store.dialog.set('summary')
            }}
          />
        )}
        {!shown && (
          <p role="status" className="appear-late text-muted text-sm">
            Reading what it was made of…
          </p>
        )}
        {shown?.fault && (
          <div role="alert" className="text-sm">
            <p>{shown.fault}</p>
            <Button size="small" className="mt-4" onClick={again}>
              Try again
            </Button>
          </div>
        )}
      </div>
    </SideSheet>
  )
}
