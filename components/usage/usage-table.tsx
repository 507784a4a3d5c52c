import type { ReactNode } from 'react'
import { describeCost, describeTokens, describeUnknownCost, type UsageSums } from '#lib/chat/usage-report.ts'

export interface UsageTableRow {
  key: string
  name: ReactNode
  sums: UsageSums
  /** What there is to tell beside the sums, for each of `more`. */
  more?: string[]
}

interface UsageTableProps {
  /** What the rows are; the head of the first column. */
  of: string
  rows: UsageTableRow[]
  /** Heads of further columns. */
  more?: string[]
}

const cell = 'py-2.5 pl-4 sm:pl-5 text-right whitespace-nowrap'

/** What calls came to, a line for each group of them. */
export function UsageTable({ of, rows, more = [] }: UsageTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard.
    <section aria-label={`Usage by ${of.toLowerCase()}`} tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-sm tabular-nums">
        <thead className="text-muted">
          <tr className="border-line border-b">
            <th scope="col" className="py-2 text-left font-normal">
              {of}
            </th>
            {['Cost', 'Calls', 'Sent', 'Received', ...more].map((head) => (
              <th
                key={head}
                scope="col"
                className="whitespace-nowrap py-2 pl-4 text-right sm:pl-5 font-normal"
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, sums, more: told = [] }) => (
            <tr key={key} className="border-line border-b">
              <th
                scope="row"
                className="min-w-32 max-w-80 sm:min-w-40 py-2.5 text-left font-normal wrap-anywhere"
              >
                {name}
              </th>
              <td className={cell}>
                {describeCost(sums)}
                {sums.cost > 0 && sums.callsWithoutCost > 0 && (
                  <span className="block text-muted text-xs">{describeUnknownCost(sums)}</span>
                )}
              </td>
              <td className={cell}>{sums.calls.toLocaleString('en')}</td>
              <td className={cell}>{describeTokens(sums.inputTokens, sums)}</td>
              <td className={cell}>{describeTokens(sums.outputTokens, sums)}</td>
              {told.map((text, index) => (
                <td key={more[index]} className={cell}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
