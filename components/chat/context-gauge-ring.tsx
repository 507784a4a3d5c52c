'use client'

import { type KeyboardEvent, useId } from 'react'
import { estimateNext } from '#lib/chat/estimate-next.ts'
import type { ConversationStore } from './conversation-store.ts'
import { describeGauge, percentOf } from './describe-gauge.ts'
import { answerTokens, useContextGauge } from './use-context-gauge.ts'

interface ContextGaugeRingProps {
  store: ConversationStore
  /** Of what is typed, in UTF-16 units. */
  length: number
}

const RADIUS = 8
const AROUND = 2 * Math.PI * RADIUS

/** How full the context will be with the message being typed, as a ring; in words on hover, focus and touch. */
export function ContextGaugeRing({ store, length }: ContextGaugeRingProps) {
  const id = useId()
  const gauge = useContextGauge(store)
  const next = gauge && estimateNext(gauge, length, answerTokens(store))
  const percent = next ? percentOf(next.share) : 0
  const words =
    gauge && next
      ? describeGauge(next, gauge.budget)
      : ['How full the context is is not known at the moment.']

  function hideByEscape(event: KeyboardEvent<HTMLElement>) {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    event.currentTarget.blur()
  }

  return (
    <div className="group/gauge shrink-0">
      <div className="relative size-9">
        <button
          type="button"
          aria-label="The next message"
          aria-describedby={id}
          className="absolute inset-0 rounded-lg transition-colors duration-150 hover:bg-hover"
          onKeyDown={hideByEscape}
        />
        <span
          {...(next
            ? {
                role: 'meter',
                ...{ 'aria-label': 'Context', 'aria-valuemin': 0, 'aria-valuemax': 100 },
                ...{ 'aria-valuenow': percent, 'aria-valuetext': `About ${percent} % full` },
              }
            : { 'aria-hidden': true })}
          className="pointer-events-none absolute inset-0 flex items-center justify-center"
        >
          <svg aria-hidden="true" width="20" height="20" viewBox="0 0 20 20" className="-rotate-90">
            <circle cx="10" cy="10" r={RADIUS} fill="none" strokeWidth="2.5" className="stroke-line" />
            <circle
              {...{ cx: 10, cy: 10, r: RADIUS, fill: 'none', strokeWidth: 2.5 }}
              strokeDasharray={`${(AROUND * percent) / 100} ${AROUND}`}
              className={percent < 100 ? 'stroke-muted' : 'stroke-danger'}
            />
          </svg>
        </span>
      </div>
      {/* Above the whole composer: what is typed stays in sight. */}
      <div
        id={id}
        role="tooltip"
        className="invisible absolute right-0 bottom-full z-10 mb-2 w-72 rounded-xl border border-line bg-raised px-3.5 py-3 text-sm tabular-nums opacity-0 shadow-raised transition-[opacity,visibility] delay-150 duration-100 group-focus-within/gauge:visible group-focus-within/gauge:opacity-100 group-hover/gauge:visible group-hover/gauge:opacity-100 group-hover/gauge:delay-0"
      >
        {words.map((sentence, index) => (
          <p key={sentence} className={index === 0 ? 'font-medium' : 'mt-1 text-muted'}>
            {sentence}
          </p>
        ))}
      </div>
    </div>
  )
}
