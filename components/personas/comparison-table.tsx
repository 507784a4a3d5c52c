import { type ComparedFragment, compareStacks, type PersonaStack } from '#lib/chat/persona-stack.ts'

interface ComparisonTableProps {
  left: PersonaStack
  right: PersonaStack
  /** What each is called beside the other. */
  names: [string, string]
}

/** The files of two stacks side by side: shared ones are quiet, what only one has stands out. */
export function ComparisonTable({ left, right, names }: ComparisonTableProps) {
  return (
    <table className="w-full border-line border-t text-sm tabular-nums">
      <thead>
        <tr className="border-line border-b text-muted">
          <th scope="col" className="py-2 pr-4 text-left font-normal">
            Fragment
          </th>
          <th scope="col" className="w-18 py-2 md:w-28 pr-4 text-right font-normal">
            {names[0]}
          </th>
          <th scope="col" className="w-18 py-2 md:w-28 text-right font-normal">
            {names[1]}
          </th>
        </tr>
      </thead>
      <tbody>
        {compareStacks(left, right).map((fragment) => (
          <Row key={fragment.path} fragment={fragment} />
        ))}
      </tbody>
      <tfoot>
        <tr className="font-medium">
          <th scope="row" className="py-2.5 pr-4 text-left font-medium">
            Composed
          </th>
          <td className="py-2.5 pr-4 text-right">{left.tokens.toLocaleString('en')}</td>
          <td className="py-2.5 text-right">{right.tokens.toLocaleString('en')}</td>
        </tr>
      </tfoot>
    </table>
  )
}

function Row({ fragment: { path, leftTokens, rightTokens } }: { fragment: ComparedFragment }) {
  const isShared = leftTokens !== null && rightTokens !== null
  return (
    <tr className={`border-line border-b ${isShared ? 'text-muted' : ''}`}>
      <th scope="row" className="break-all py-2.5 pr-4 text-left font-normal">
        <code className="font-mono text-[0.92em]">{path}</code>
        {isShared && <span className="sr-only"> (shared)</span>}
      </th>
      <td className="py-2.5 pr-4 text-right">
        <Tokens count={leftTokens} />
      </td>
      <td className="py-2.5 text-right">
        <Tokens count={rightTokens} />
      </td>
    </tr>
  )
}

function Tokens({ count }: { count: number | null }) {
  if (count !== null) return count.toLocaleString('en')
  return (
    <>
      <span aria-hidden className="text-muted">
        –
      </span>
      <span className="sr-only">not part of it</span>
    </>
  )
}
