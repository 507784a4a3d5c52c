'use client'

import { Archive, Pin } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { useChatClient, useGoTo } from '#components/chat/chat-context.tsx'
import { writerLabel } from '#lib/chat/import-sources.ts'
import type { SearchPassage, SearchResult } from '#lib/chat/search.ts'
import { MarkedWords } from './marked-words.tsx'

/** What was found: each conversation once, with its passages, each of which leads to its message. */
export function SearchResults({ results, onChosen }: { results: SearchResult[]; onChosen?: () => void }) {
  return (
    <ol aria-label="Found" className="flex flex-col gap-4">
      {results.map((result) => (
        <li
          key={result.conversationId}
          // What is drawn outside of it would be cut off: it has the room of its links, and a margin for their focus.
          className="-mx-2.5 px-2.5 [content-visibility:auto] [contain-intrinsic-size:auto_7rem] [overflow-clip-margin:0.5rem]"
        >
          <Result result={result} onChosen={onChosen} />
        </li>
      ))}
    </ol>
  )
}

function Result({ result, onChosen }: { result: SearchResult; onChosen: (() => void) | undefined }) {
  const { conversationId, title, persona, pinned, archived, lastActivityAt, passages } = result
  const { personas } = useChatClient()
  const path = `/chat/${conversationId}`
  const label = personas.find(({ id }) => id === persona)?.label ?? persona
  return (
    <>
      <ResultLink path={path} onChosen={onChosen} className="flex items-baseline gap-3">
        <span dir="auto" className="line-clamp-2 min-w-0 flex-1 font-medium wrap-anywhere">
          <MarkedWords text={title} />
        </span>
        <span className="flex shrink-0 items-baseline gap-1.5 text-muted text-xs tabular-nums">
          {pinned && <Pin aria-label="Pinned" size={12} className="self-center" />}
          {archived && <Archive aria-label="Archived" size={12} className="self-center" />}
          <span>
            <span className="max-md:hidden">{label} · </span>
            <Time at={lastActivityAt} />
          </span>
        </span>
      </ResultLink>
      {passages.map((passage) => (
        <Passage key={passage.messageId ?? passage.kind} passage={passage} path={path} onChosen={onChosen} />
      ))}
    </>
  )
}

interface PassageProps {
  passage: SearchPassage
  path: string
  onChosen: (() => void) | undefined
}

function Passage({ passage, path, onChosen }: PassageProps) {
  const client = useChatClient()
  const { kind, writer, messageId, text } = passage
  // Who answered then, whoever answers there now.
  const who = writer ? writerLabel(writer, (id) => client.personaLabel(id)) : 'You'
  return (
    <ResultLink
      path={messageId === null ? path : `${path}#${messageId}`}
      onChosen={() => {
        if (messageId !== null) client.found.remember(messageId, text)
        onChosen?.()
      }}
      className="line-clamp-3 text-muted leading-relaxed wrap-anywhere"
    >
      <span className="font-medium">{kind === 'summary' ? 'Summary' : who}: </span>
      <bdi>
        <MarkedWords text={text} />
      </bdi>
    </ResultLink>
  )
}

interface ResultLinkProps {
  path: string
  onChosen: (() => void) | undefined
  className: string
  children: ReactNode
}

function ResultLink({ path, onChosen, className, children }: ResultLinkProps) {
  const goTo = useGoTo()

  function open(event: MouseEvent) {
    // A new tab or window is the browser's business.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    onChosen?.()
    goTo(path)
  }

  return (
    <a
      href={path}
      data-walk=""
      onClick={open}
      className={`${className} -mx-2.5 rounded-lg px-2.5 py-1 text-sm transition-colors duration-150 hover:bg-hover`}
    >
      {children}
    </a>
  )
}

/** The day, today the time, in the words and the zone of the browser; results are only ever drawn there. */
function Time({ at }: { at: string }) {
  const [date, now] = [new Date(at), new Date()]
  const isToday = date.toDateString() === now.toDateString()
  const isThisYear = date.getFullYear() === now.getFullYear()
  const shown = isToday
    ? date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleDateString('en-GB', {
        ...{ day: 'numeric', month: 'short' },
        ...(!isThisYear && { year: 'numeric' }),
      })
  return <time dateTime={at}>{shown}</time>
}
