'use client'

import { LibraryEmpty } from '#components/conversations/library-page.tsx'
import { MoreSentinel } from '#components/conversations/more-conversations.tsx'
import { Button } from '#components/ui/button.tsx'
import { isFiltered, noFilters, type SearchInput } from '#lib/chat/search-input.ts'
import { SearchResults } from './search-results.tsx'
import type { Search } from './use-search.ts'

interface SearchOutcomeProps {
  input: SearchInput
  found: Search
  onChange(change: Partial<SearchInput>): void
}

/** What came of a search: results, none, or why it could not be done. */
export function SearchOutcome({ input, found, onChange }: SearchOutcomeProps) {
  const { results, isCurrent, fault, hasMore, loadMore } = found
  const isAsked = input.q.trim() !== ''
  if (fault !== null) {
    return (
      <p role="alert" className="py-2 text-sm">
        {fault}{' '}
        <Button size="small" onClick={found.retry}>
          Search again
        </Button>
      </p>
    )
  }
  if (results === null) {
    return (
      <p role="status" className="appear-late py-2 text-muted text-sm">
        Searching…
      </p>
    )
  }
  return (
    <div aria-busy={!isCurrent}>
      {/* That nothing was found is told like a count: who does not see the page would wait for it. */}
      <div role="status">
        {isCurrent &&
          (results.length > 0 ? (
            <p className="pb-2 text-muted text-sm">{describeCount(results.length, hasMore, isAsked)}</p>
          ) : (
            <LibraryEmpty title={isAsked ? 'Nothing found' : 'Nothing here yet'}>
              {isFiltered(input) ? (
                <Button size="small" onClick={() => onChange(noFilters)}>
                  Search without filters
                </Button>
              ) : isAsked ? (
                'Every word has to stand in one message or title. Try fewer of them, or only how they begin. Of a very long message the first 100,000 characters are searched.'
              ) : (
                'What you talk about can be searched here, word by word.'
              )}
            </LibraryEmpty>
          ))}
      </div>
      {results.length > 0 && <SearchResults results={results} />}
      {isCurrent && hasMore && <MoreSentinel key={results.length} loadMore={loadMore} />}
    </div>
  )
}

function describeCount(count: number, hasMore: boolean, isAsked: boolean): string {
  if (!isAsked) return 'Last used'
  if (hasMore) return `More than ${count} conversations`
  return count === 1 ? '1 conversation' : `${count} conversations`
}
