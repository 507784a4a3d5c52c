import { useState } from 'react'
import { ComposedText } from '#components/personas/prompt-text.tsx'
import { Button } from '#components/ui/button.tsx'
import type { MadeFromMessage } from '#lib/chat/generation-making.ts'
import { Disclosure } from './disclosure.tsx'

/** How many are listed at first; the newest matter most. */
const SHOWN_AT_FIRST = 30

/** How much of a message its line holds, in UTF-16 units. */
const LINE_LENGTH = 120

/** The messages that were sent, oldest first, each as it was sent. */
export function MadeMessages({ messages }: { messages: readonly MadeFromMessage[] }) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? messages : messages.slice(-SHOWN_AT_FIRST)
  const others = messages.length - shown.length
  return (
    <>
      {others > 0 && (
        <Button size="small" className="mb-2" onClick={() => setWhole(true)}>
          Show {others.toLocaleString('en')} earlier
        </Button>
      )}
      <ol className="rounded-xl border border-line px-4">
        {shown.map(({ id, role, text, tokens, isCut }) => (
          <li key={id} className="border-line border-b last:border-b-0">
            <Disclosure
              figure={tokens.toLocaleString('en')}
              title={
                <>
                  <span className="w-16 shrink-0 text-muted">{roleName(role)}</span>
                  <span className="min-w-0 truncate">
                    {text?.slice(0, LINE_LENGTH) ?? 'Not kept any more'}
                  </span>
                  {isCut && <span className="shrink-0 text-muted">shortened</span>}
                </>
              }
            >
              {text === null ? (
                <p className="text-muted text-sm">Its text is not kept any more.</p>
              ) : (
                <ComposedText text={text} />
              )}
            </Disclosure>
          </li>
        ))}
      </ol>
    </>
  )
}

export function roleName(role: MadeFromMessage['role']): string {
  return role === 'user' ? 'You' : 'Answer'
}
