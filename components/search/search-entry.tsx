'use client'

import { Search } from 'lucide-react'
import { usePathname, useRouter } from 'next/navigation'
import type { MouseEvent } from 'react'

export const SEARCH_FIELD_ID = 'search-field'

/** The way from the list of conversations to the page that searches them. */
export function SearchEntry({ onChosen }: { onChosen: (() => void) | undefined }) {
  const isCurrent = usePathname() === '/search'
  const router = useRouter()

  function open(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    if (!isCurrent) router.push('/search')
    else if (!onChosen) document.getElementById(SEARCH_FIELD_ID)?.focus()
    onChosen?.()
  }

  return (
    <a
      href="/search"
      aria-current={isCurrent ? 'page' : undefined}
      onClick={open}
      className="flex h-10 min-w-0 flex-1 items-center gap-2.5 rounded-lg px-2 font-medium text-sm transition-colors duration-150 hover:bg-hover aria-[current]:bg-hover"
    >
      <Search aria-hidden size={18} strokeWidth={1.75} className="text-muted" />
      Search
    </a>
  )
}
