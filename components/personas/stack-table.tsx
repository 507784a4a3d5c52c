import type { PersonaStack } from '#lib/chat/persona-stack.ts'

/** What a persona is composed of, in its order: which kind, which file, how large. */
export function StackTable({ stack }: { stack: PersonaStack }) {
  return (
    <table className="w-full border-line border-t text-sm tabular-nums">
      <thead className="sr-only">
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">File</th>
          <th scope="col">Tokens</th>
        </tr>
      </thead>
      <tbody>
        {stack.fragments.map(({ kind, path, tokens }) => (
          <tr key={path} className="border-line border-b">
            <td className="w-24 py-2.5 pr-4 text-muted">{kind}</td>
            <th scope="row" className="break-all py-2.5 pr-4 text-left font-normal">
              <code className="font-mono text-[0.92em]">{path}</code>
            </th>
            <td className="py-2.5 text-right">{tokens.toLocaleString('en')}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-medium">
          <td className="py-2.5 pr-4">composed</td>
          <td className="py-2.5 pr-4 font-normal text-muted">joined by blank lines, which count too</td>
          <td className="py-2.5 text-right">{stack.tokens.toLocaleString('en')}</td>
        </tr>
      </tfoot>
    </table>
  )
}
