'use client'

import { type KeyboardEvent, memo, useId } from 'react'
import { estimateNext } from '#lib/chat/estimate-next.ts'
import type { Cell } from './cell.ts'
import type { ConversationStore } from './conversation-store.ts'
import { describeGauge, percentOf } from './describe-gauge.ts'
import { useCell } from './use-cell.ts'
import { answerTokens, useContextGauge } from './use-context-gauge.ts'

interface ContextGaugeRingProps {
  store: ConversationStore
  /** About how many tokens are typed, as they are counted here. */
  typed: Cell<number>
}

const RADIUS = 8
const AROUND = 2 * Math.PI * RADIUS

const strokes = { calm: 'stroke-muted', near: 'stroke-accent', full: 'stroke-danger' }

/** How full the context will be with the message being typed, as a ring; in words on hover, focus and touch. Not drawn for each key. */
export const ContextGaugeRing = memo(function ContextGaugeRing({ store, typed }: ContextGaugeRingProps) {
  const id = useId()
  const gauge = useContextGauge(store)
  const typedTokens = useCell(typed)
  const next = gauge && estimateNext(gauge, typedTokens, answerTokens(store))
  const percent = next ? percentOf(next.share) : 0
  const described = gauge && next && describeGauge(next, gauge)

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
          aria-label="Context of the next message"
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
              className={strokes[described?.tone ?? 'calm']}
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
        {described ? (
          <Details described={described} />
        ) : (
          <p className="font-medium">How full the context is is not known at the moment.</p>
        )}
      </div>
    </div>
  )
})

function Details({ described: { fill, parts, sentences } }: { described: ReturnType<typeof describeGauge> }) {
  return (
    <>
      <p className="font-medium">{fill}</p>
      <dl className="my-2 border-line border-y py-1.5">
        {parts.map(({ label, tokens }) => (
          <div key={label} className="flex justify-between gap-4">
            <dt className="text-muted">{label}</dt>
            <dd>{tokens}</dd>
          </div>
        ))}
      </dl>
      {sentences.map((sentence) => (
        <p key={sentence} className="mt-1 text-muted">
          {sentence}
        </p>
      ))}
    </>
  )
}
