import { Fragment } from 'react'
import { classNames } from '#components/ui/class-names.ts'
import type { DiffPart } from '#lib/chat/diff-lines.ts'

interface DifferenceProps {
  parts: DiffPart[]
  /** What the lines are of, which only one side has. */
  left: string
  right: string
}

/** Two texts in one, line by line: what only one has is marked with its sign, what both have and is far away is folded. */
export function Difference({ parts, left, right }: DifferenceProps) {
  if (parts.length === 0) return <p className="text-muted text-sm">The texts are the same.</p>
  return (
    <div className="overflow-hidden rounded-xl border border-line">
      <p className="flex flex-wrap gap-x-6 gap-y-1 border-line border-b px-4 py-2 text-muted text-sm">
        <span>
          <Sign>−</Sign> only in {left}
        </span>
        <span>
          <Sign>+</Sign> only in {right}
        </span>
      </p>
      <div className="font-mono text-[0.8125rem] leading-5">
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no order but this and never move.
          <Fragment key={index}>{drawPart(part)}</Fragment>
        ))}
      </div>
    </div>
  )
}

function drawPart({ kind, lines }: DiffPart) {
  switch (kind) {
    case 'left':
      return (
        <del className="block bg-hover no-underline">
          <Lines lines={lines} sign="−" />
        </del>
      )
    case 'right':
      return (
        <ins className="block bg-accent-soft no-underline">
          <Lines lines={lines} sign="+" />
        </ins>
      )
    case 'same':
      return <Lines lines={lines} sign="" className="text-muted" />
    case 'folded':
      return (
        <details className="text-muted">
          <summary className="cursor-pointer border-line border-y bg-surface [details:first-child>&]:border-t-0 [details:last-child:not([open])>&]:border-b-0 px-4 py-1.5 font-sans text-xs hover:text-foreground">
            {lines.length} lines are the same
          </summary>
          <Lines lines={lines} sign="" />
        </details>
      )
  }
}

function Lines({ lines, sign, className }: { lines: string[]; sign: string; className?: string }) {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: as above.
    <div key={index} className={classNames('flex px-4', className)}>
      <Sign>{sign}</Sign>
      <span className="min-w-0 flex-1 whitespace-pre-wrap [overflow-wrap:anywhere]">{line || '\u00a0'}</span>
    </div>
  ))
}

function Sign({ children }: { children: string }) {
  return (
    <span aria-hidden className="inline-block w-5 shrink-0 select-none font-mono text-foreground">
      {children}
    </span>
  )
}
