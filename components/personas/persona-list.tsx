import Link from 'next/link'
import type { PersonaStack } from '#lib/chat/persona-stack.ts'
import { intensityLabels } from './intensity-labels.ts'
import { tokenCount } from './token-count.ts'

/** Every persona, each a way to its own page. */
export function PersonaList({ stacks, defaultPersona }: { stacks: PersonaStack[]; defaultPersona: string }) {
  return (
    <ul className="border-line border-t">
      {stacks.map(({ persona: { id, label, description }, intensity, tokens }) => (
        <li
          key={id}
          className="relative flex flex-wrap items-baseline gap-x-6 gap-y-1 border-line border-b py-4 hover:bg-surface"
        >
          <div className="min-w-0 flex-1 basis-72">
            <Link
              href={`/personas/${encodeURIComponent(id)}`}
              prefetch={false}
              className="font-medium after:absolute after:inset-0"
            >
              {label}
            </Link>
            {id === defaultPersona && <span className="ml-2 text-muted text-sm">default</span>}
            <p className="mt-0.5 text-muted">{description}</p>
          </div>
          <p className="flex gap-x-6 text-muted text-sm tabular-nums">
            <span className="md:w-36">{intensityLabels[intensity].label} intensity</span>
            <span className="md:w-24 md:text-right">{tokenCount(tokens)}</span>
          </p>
        </li>
      ))}
    </ul>
  )
}
