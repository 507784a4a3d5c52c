import { expect, test } from 'vitest'
import { searchFilters, searchQuerySchema } from './search.ts'

test.each(['0000-01-01', '9999-12-31', '0001-01-01T00:00:00+14:00'])(
  '%s is no date that can be looked for',
  (date) => {
    for (const name of ['from', 'to']) {
      expect(searchQuerySchema.safeParse({ [name]: date }).error?.issues).toMatchObject([
        { path: [name], message: 'not between the years 1 and 9999' },
      ])
    }
  },
)

test.each(['0001-01-01', '9999-12-30', '2026-11-27T10:00:00+02:00'])('%s is one', (date) => {
  const { from, to } = searchFilters(searchQuerySchema.parse({ from: date, to: date }))
  expect([from, to].map((moment) => moment?.toISOString().length)).toEqual([24, 24])
})
