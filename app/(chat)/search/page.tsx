import type { Metadata } from 'next'
import { SearchPage } from '#components/search/search-page.tsx'
import { requirePageUser } from '#lib/auth/session.ts'
import { searchAddress, searchInputFrom } from '#lib/chat/search-input.ts'

export const metadata: Metadata = { title: 'Search' }

export default async function Page({ searchParams }: PageProps<'/search'>) {
  const given = await searchParams
  const asked = searchInputFrom({
    get(name) {
      const value = given[name]
      return typeof value === 'string' ? value : null
    },
  })
  const address = searchAddress(asked)
  await requirePageUser(address)
  // Another address is another search; what is typed changes the address without coming here.
  return <SearchPage key={address} />
}
