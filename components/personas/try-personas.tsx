'use client'

import { useEffect, useState } from 'react'
import { BudgetNote } from '#components/chat/budget-note.tsx'
import type { ChatClient } from '#components/chat/chat-client.ts'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { describeEnd } from '#components/chat/describe-end.ts'
import { createPacedFrames } from '#components/chat/paced-frames.ts'
import { useCellValue } from '#components/chat/use-cell.ts'
import { waitOrOnline } from '#components/chat/wait-or-online.ts'
import type { PersonaPair } from '#lib/chat/persona-address.ts'
import type { AssistantMessage } from '#lib/chat/types.ts'
import { PairChoice } from './pair-choice.tsx'
import { TriedAnswer } from './tried-answer.ts'
import { TriedColumn } from './tried-column.tsx'
import { TryForm } from './try-form.tsx'

/** The same question to two personas at once, their answers side by side. */
export function TryPersonas({ pair }: { pair: PersonaPair }) {
  const client = useChatClient()
  const [[left, right]] = useState(() => createSides(client))
  const isLeftRunning = useCellValue(left.state, () => left.isRunning)
  const isRightRunning = useCellValue(right.state, () => right.isRunning)

  useEffect(
    () => () => {
      left.leave()
      right.leave()
    },
    [left, right],
  )

  function ask(text: string, model: string | null) {
    left.ask({ text, persona: pair.a, intensity: pair.ia, model })
    right.ask({ text, persona: pair.b, intensity: pair.ib, model })
  }

  function stop() {
    left.stop()
    right.stop()
  }

  const choice = { page: 'try', pair, personas: client.personas } as const
  return (
    <>
      <div className="mb-8">
        <BudgetNote />
        <TryForm isRunning={isLeftRunning || isRightRunning} onAsk={ask} onStop={stop} />
      </div>
      <div className="grid items-start gap-x-10 gap-y-12 md:grid-cols-2">
        <TriedColumn side={left} choice={<PairChoice {...choice} side="left" />} />
        <TriedColumn side={right} choice={<PairChoice {...choice} side="right" />} />
      </div>
    </>
  )
}

function createSides(client: ChatClient): [TriedAnswer, TriedAnswer] {
  const around = {
    api: client.api,
    schedule: createPacedFrames(),
    wait: waitOrOnline,
    onEnd({ generation }: AssistantMessage) {
      client.announce(describeEnd(client.personaLabel(generation.persona), generation))
      void client.month.answered()
    },
  }
  return [new TriedAnswer(around), new TriedAnswer(around)]
}
