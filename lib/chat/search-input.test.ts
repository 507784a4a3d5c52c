import { expect, test } from 'vitest'
import { isFiltered, searchAddress, searchInputFrom, searchQuery } from './search-input.ts'

const now = new Date('2026-11-27T12:00:00Z')
const read = (address: string) => searchInputFrom(new URL(address, 'http://stoa.test').searchParams)

test.each([
  '/search',
  '/search?q=courage+%26+fear',
  '/search?q=%E6%99%BA%E8%83%BD&persona=stoic&when=30&where=archived',
  '/search?when=between&from=2026-11-01&to=2026-11-30',
])('%s is kept as it is', (address) => {
  expect(searchAddress(read(address))).toBe(address)
})

test('what is none in an address is the usual', () => {
  expect(searchAddress(read('/search?when=ever&where=there&from=2026-13-01&to=x&other=1'))).toBe('/search')
  expect(isFiltered(read('/search?q=courage'))).toBe(false)
  expect(isFiltered(read('/search?when=7'))).toBe(true)
})

test('the server is asked for moments', () => {
  const asked = (address: string) => Object.fromEntries(searchQuery(read(address), now))
  expect(asked('/search?q=a')).toEqual({ q: 'a' })
  expect(asked('/search?when=7&where=list')).toEqual({
    q: '',
    from: '2026-11-20T12:00:00.000Z',
    archived: 'false',
  })
  expect(asked('/search?where=pinned&persona=stoic')).toEqual({ q: '', pinned: 'true', persona: 'stoic' })
  expect(asked('/search?when=between&from=2026-11-01&to=2026-11-30')).toEqual({
    q: '',
    from: new Date(2026, 10, 1).toISOString(),
    to: new Date(2026, 11, 1).toISOString(),
  })
})
