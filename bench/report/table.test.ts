import { expect, it } from 'vitest'
import { type Measurement, medianFigures, summarise } from '../figures.ts'
import { figuresTable, ratiosTable } from './table.ts'

const figures = (cpu: number, requestP50: number) => ({ ...medianFigures([]), cpu, requestP50 })
const measurements: Measurement[] = [
  { contender: 'stoa', streams: 100, figures: figures(0.3, 30) },
  { contender: 'sdk', streams: 100, figures: figures(0.2, 10) },
  { contender: 'stoa', streams: 100, figures: figures(0.1, 20) },
  { contender: 'sdk', streams: 1, figures: figures(0.5, 2) },
  { contender: 'stoa', streams: 100, figures: figures(0.25, 10) },
]

it('shows the median of the repeats, the fewest streams first, the floor before Stoa', () => {
  const rows = figuresTable(summarise(measurements)).split('\n').slice(2)
  expect(
    rows.map((row) =>
      row
        .split('|')
        .slice(1, 6)
        .map((cell) => cell.trim()),
    ),
  ).toEqual([
    ['1', 'b  bare SDK route', '2.0 /', '/', '0.500'],
    ['100', 'b  bare SDK route', '10.0 /', '/', '0.200'],
    ['100', 'c  Stoa', '20.0 /', '/', '0.250'],
  ])
})

it('compares Stoa with those that were measured under the same streams', () => {
  const rows = ratiosTable(summarise(measurements)).split('\n').slice(2)
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatch(/100 .* 2\.00 × .* 1\.25 ×/)
})
