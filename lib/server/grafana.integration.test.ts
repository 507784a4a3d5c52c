import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { closeDatabase, db } from '#lib/db/client.ts'
import { startJobs, stopJobs } from './jobs.ts'
import { metrics } from './metrics.ts'
import { countCall, countGeneration, countRequestError, countTokenDelay } from './record-metrics.ts'

const dashboardSchema = z.object({
  panels: z.array(
    z.object({
      title: z.string(),
      gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
      targets: z.array(z.object({ expr: z.string() })).optional(),
    }),
  ),
})
const { panels } = dashboardSchema.parse(
  JSON.parse(readFileSync(new URL('../../deploy/grafana.json', import.meta.url), 'utf8')),
)

let exported: string

beforeAll(async () => {
  await startJobs([{ name: 'a-queue', retryLimit: 0, handle: async () => {} }])
  await db().$executeRaw`INSERT INTO pgboss.job (name, state) VALUES ('a-queue', 'failed')`
  const model = { provider: 'openai', model: 'm' }
  countGeneration(model, { status: 'failed', errorCode: 'wrong_key', timeToFirstTokenMs: 5 })
  const tokens = { inputTokens: 1, outputTokens: 1, cachedInputTokens: 1, reasoningTokens: 1 }
  countCall('answer', { ...model, ...tokens, cost: 1, latencyMs: 1 })
  countTokenDelay(5)
  countRequestError('not_found')
  exported = await metrics().registry.metrics()
})
afterAll(async () => {
  await stopJobs()
  await closeDatabase()
})

/** Metrics of a query with the labels that it chooses or groups by. */
function wanted(expr: string): { name: string; labels: string[] }[] {
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(/, ?/))
  return [...expr.matchAll(/\b((?:stoa|nodejs|process)_\w+)\{([^}]*)\}/g)].map(
    ([, name = '', selector = '']) => ({
      name,
      labels: [...grouped, ...selector.split(',').map((each) => each.replace(/[=!].*$/, ''))],
    }),
  )
}

test('the dashboard asks for nothing that is not exported, nor for labels that are not there', () => {
  const queries = panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => wanted(expr)))
  expect(queries.length).toBeGreaterThan(20)
  for (const { name, labels } of queries) {
    const series = exported
      .split('\n')
      .find((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    expect(series, name).toBeDefined()
    // Prometheus itself adds `instance`.
    for (const label of labels.filter((each) => each !== 'instance')) {
      expect(series, `${name} by ${label}`).toContain(`${label}="`)
    }
  }
})

test('all that Stoa itself counts is on the dashboard', () => {
  const own = [...exported.matchAll(/^# TYPE (stoa_\w+)/gm)].map(([, name = '']) => name)
  expect(own.length).toBeGreaterThan(8)
  const text = JSON.stringify(panels)
  for (const name of own) expect(text.includes(name), name).toBe(true)
})

test('no panel lies over another', () => {
  const taken = new Map<string, string>()
  for (const { title, gridPos } of panels) {
    expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
        expect(taken.get(`${x} ${y}`), `under ${title}`).toBeUndefined()
        taken.set(`${x} ${y}`, title)
      }
    }
  }
})
