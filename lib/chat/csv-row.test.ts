import { expect, test } from 'vitest'
import { csvRow } from './csv-row.ts'

test('what would end a cell is quoted', () => {
  expect(csvRow(['a', 'b,c', 'say "no"', 'two\nlines', 7, null])).toBe(
    'a,"b,c","say ""no""","two\nlines",7,\r\n',
  )
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1'])('%j is no formula', (text) => {
  expect(csvRow([text]).replace(/^"/, '')).toMatch(/^'/)
})

test('numbers stay numbers', () => {
  expect(csvRow([-1, 0.5])).toBe('-1,0.5\r\n')
})
