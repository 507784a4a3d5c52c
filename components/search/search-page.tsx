'use client'

import { Search as SearchIcon, X } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { DocumentPage } from '#components/chat/document-page.tsx'
import { walkList } from '#components/conversations/walk-list.ts'
import { type SearchInput, searchAddress, searchInputFrom, searchQuery } from '#lib/chat/search-input.ts'
import { SEARCH_FIELD_ID } from './search-entry.tsx'
import { SearchFilters } from './search-filters.tsx'
import { SearchOutcome } from './search-outcome.tsx'
import { useFocusKept } from './use-focus-kept.ts'
import { useSearch } from './use-search.ts'

/** Everything a person has said and was answered, searched as they type; the address says what for. */
export function SearchPage() {
  // Not what the server was asked for: who comes back finds the address as it was left.
  const address = useSearchParams()
  const [input, setInput] = useState(() => searchInputFrom(address))
  // The moment belongs to the input: its days are counted back from when it was made.
  const query = useMemo(() => searchQuery(input, new Date()).toString(), [input])
  const found = useSearch(query)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const focusKept = useFocusKept(list, field)

  useLayoutEffect(() => {
    // What was typed before this ran.
    const typed = field.current?.value
    if (typed) setInput((before) => ({ ...before, q: typed }))
  }, [])

  function change(part: Partial<SearchInput>) {
    const next = { ...input, ...part }
    setInput(next)
    window.history.replaceState(null, '', searchAddress(next))
  }

  function leaveField(event: KeyboardEvent) {
    const isComposing = event.nativeEvent.isComposing
    if (event.key !== 'ArrowDown' || isComposing) return
    event.preventDefault()
    list.current?.querySelector<HTMLElement>('[data-walk]')?.focus()
  }

  function walk(event: KeyboardEvent<HTMLElement>) {
    const isFirst = event.target === list.current?.querySelector('[data-walk]')
    if (event.key === 'Escape' || (event.key === 'ArrowUp' && isFirst)) field.current?.focus()
    else walkList(event)
  }

  return (
    <DocumentPage title="Search">
      <search className="flex max-w-160 flex-col gap-3">
        <div className="relative">
          <SearchIcon aria-hidden size={18} className="absolute top-3.5 left-3.5 text-muted" />
          <input
            ref={field}
            id={SEARCH_FIELD_ID}
            type="search"
            aria-label="Search your conversations"
            placeholder="Words, or how they begin"
            autoComplete="off"
            spellCheck={false}
            enterKeyHint="search"
            // biome-ignore lint/a11y/noAutofocus: whoever comes to this page comes to type here.
            autoFocus
            maxLength={1000}
            dir="auto"
            value={input.q}
            onChange={({ target }) => change({ q: target.value })}
            onKeyDown={leaveField}
            className="h-11 w-full rounded-lg border border-edge bg-raised pr-11 pl-10.5 focus-visible:outline-offset-0 [&::-webkit-search-cancel-button]:hidden"
          />
          {input.q !== '' && (
            <button
              type="button"
              aria-label="Clear the search"
              className="absolute top-1 right-1 flex size-9 items-center justify-center rounded-md text-muted transition-colors duration-150 hover:text-foreground"
              onClick={() => {
                change({ q: '' })
                field.current?.focus()
              }}
            >
              <X aria-hidden size={18} />
            </button>
          )}
        </div>
        <SearchFilters input={input} onChange={change} />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the links inside are what is acted with; arrows go between them. */}
        <div ref={list} onKeyDown={walk} {...focusKept}>
          <SearchOutcome input={input} found={found} onChange={change} />
        </div>
      </search>
    </DocumentPage>
  )
}
