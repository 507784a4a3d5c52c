'use client'

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { formatMoney } from '#lib/chat/money.ts'
import { describeCost, describeTokens, type UsageDay } from '#lib/chat/usage-report.ts'
import { dayLabel } from './day-label.ts'

type Measure = 'cost' | 'tokens'

interface UsageChartProps {
  days: UsageDay[]
  measure: Measure
}

const tick = { fill: 'var(--color-muted)', fontSize: 12 }
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** A bar for each day; the arrow keys go through them. The table beside it says the same. */
export function UsageChart({ days, measure }: UsageChartProps) {
  // Bars of no height would tell that these days were free.
  if (measure === 'cost' && days.every(({ cost }) => cost === 0))
    return <p className="text-muted">{noCost(days)}</p>
  if (measure === 'tokens' && days.every(({ inputTokens, outputTokens }) => inputTokens + outputTokens === 0))
    return <p className="text-muted">No tokens were reported for these days.</p>
  const bar = { isAnimationActive: false, maxBarSize: 28 }
  return (
    <figure aria-label={measure === 'cost' ? 'Cost by day' : 'Tokens by day'}>
      <figcaption className="mb-3 flex flex-wrap gap-x-4 font-medium text-sm">
        {measure === 'cost' ? 'Cost' : 'Tokens'}
        {measure === 'tokens' && <Legend />}
      </figcaption>
      <div className="h-48">
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 448, height: 192 }}>
          <BarChart
            data={days}
            margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
            title={measure === 'cost' ? 'Cost by day' : 'Tokens by day'}
          >
            <CartesianGrid vertical={false} stroke="var(--color-line)" />
            <XAxis
              dataKey="day"
              tickFormatter={dayLabel}
              tick={tick}
              tickLine={false}
              axisLine={{ stroke: 'var(--color-line)' }}
              minTickGap={24}
            />
            <YAxis
              width={56}
              tick={tick}
              tickLine={false}
              axisLine={false}
              allowDecimals={measure === 'cost'}
              tickFormatter={measure === 'cost' ? formatMoney : (value: number) => compact.format(value)}
            />
            <Tooltip
              cursor={{ fill: 'var(--color-hover)' }}
              isAnimationActive={false}
              content={({ active, payload }) =>
                active && payload?.[0] ? <DayNote day={payload[0].payload} measure={measure} /> : null
              }
            />
            {measure === 'cost' ? (
              <Bar dataKey="cost" fill="var(--color-accent)" {...bar} />
            ) : (
              <>
                <Bar dataKey="inputTokens" stackId="tokens" fill="var(--color-accent)" {...bar} />
                <Bar dataKey="outputTokens" stackId="tokens" fill="var(--color-edge)" {...bar} />
              </>
            )}
          </BarChart>
        </ResponsiveContainer>
      </div>
    </figure>
  )
}

function noCost(days: UsageDay[]): string {
  return days.some(({ callsWithoutCost }) => callsWithoutCost > 0)
    ? 'What these days cost is unknown: the price of a model is not known, or its tokens were not reported.'
    : 'These days have cost nothing so far.'
}

function Legend() {
  return (
    <span className="flex gap-x-4 font-normal text-muted">
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="size-2.5 bg-accent" /> sent
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="size-2.5 bg-edge" /> received
      </span>
    </span>
  )
}

function DayNote({ day, measure }: { day: UsageDay; measure: Measure }) {
  return (
    <div className="rounded-lg border border-line bg-raised px-3 py-2 text-sm shadow-raised">
      <p className="font-medium">{dayLabel(day.day)}</p>
      {measure === 'cost' ? (
        <p>{describeCost(day)}</p>
      ) : (
        <>
          <p>{describeTokens(day.inputTokens, day)} sent</p>
          <p>{describeTokens(day.outputTokens, day)} received</p>
        </>
      )}
    </div>
  )
}
