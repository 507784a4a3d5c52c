/** From when what is looked for may be; days back from now, or between two days. */
export const searchPeriods = ['any', '7', '30', '365', 'between'] as const
export const searchPlaces = ['all', 'list', 'pinned', 'archived'] as const

/** What the search page is asked for, as its address says it. */
export interface SearchInput {
  q: string
  /** Empty: any. */
  persona: string
  when: (typeof searchPeriods)[number]
  /** As `2026-11-27`; with `between` alone. Empty: open. */
  from: string
  to: string
  where: (typeof searchPlaces)[number]
}

const DAY_MS = 86_400_000

/** What an address asks for; what it does not say or what is none is the usual. */
export function searchInputFrom(address: { get: (name: string) => string | null }): SearchInput {
  const day = (name: string) => {
    const value = address.get(name) ?? ''
    return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : ''
  }
  return {
    q: address.get('q') ?? '',
    persona: address.get('persona') ?? '',
    when: searchPeriods.find((period) => period === address.get('when')) ?? 'any',
    from: day('from'),
    to: day('to'),
    where: searchPlaces.find((place) => place === address.get('where')) ?? 'all',
  }
}

/** The address of what is asked for: what is the usual is left out. */
export function searchAddress(input: SearchInput): string {
  const entries = Object.entries(input).filter(
    ([name, value]) => value !== Reflect.get({ q: '', ...noFilters }, name),
  )
  const query = new URLSearchParams(entries).toString()
  return query ? `/search?${query}` : '/search'
}

/** Nothing narrows a search by it. */
export const noFilters = { persona: '', when: 'any', from: '', to: '', where: 'all' } satisfies Omit<
  SearchInput,
  'q'
>

export function isFiltered(input: SearchInput): boolean {
  return searchAddress({ ...input, q: '' }) !== '/search'
}

/**
 * The query of `GET /api/search` that finds it.
 *
 * @param now days are those of the clock of whoever asks
 */
export function searchQuery({ q, persona, when, from, to, where }: SearchInput, now: Date): URLSearchParams {
  const query = new URLSearchParams({ q })
  if (persona) query.set('persona', persona)
  if (when === 'between') {
    if (from) query.set('from', startOfDay(from, 0).toISOString())
    if (to) query.set('to', startOfDay(to, 1).toISOString())
  } else if (when !== 'any') {
    query.set('from', new Date(now.getTime() - Number(when) * DAY_MS).toISOString())
  }
  if (where === 'pinned') query.set('pinned', 'true')
  if (where === 'archived') query.set('archived', 'true')
  if (where === 'list') query.set('archived', 'false')
  return query
}

function startOfDay(day: string, daysLater: number): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + daysLater)
}
