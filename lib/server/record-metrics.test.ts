import { expect, test } from 'vitest'
import { unknownUsage } from '#lib/providers/answer-events.ts'
import { metrics } from './metrics.ts'
import { countCall, countGeneration } from './record-metrics.ts'

test('what was not reported is not counted as nothing, and a call that was never made not at all', async () => {
  const call = { ...unknownUsage, provider: 'openai', model: 'm', cost: null }
  countCall('title', { ...call, latencyMs: 5 })
  countCall('title', { ...call, latencyMs: null })
  const { tokens, cost, providerCalls } = metrics()
  expect((await providerCalls.get()).values).toMatchObject([{ value: 1, labels: { purpose: 'title' } }])
  expect((await tokens.get()).values).toEqual([])
  expect((await cost.get()).values).toEqual([])
})

test('however many models people choose, the metrics have a bounded number of series', async () => {
  for (let model = 0; model < 500; model += 1) {
    const labels = { provider: 'openai', model: `model-${model}` }
    countGeneration(labels, { status: 'complete', errorCode: null, timeToFirstTokenMs: 100 })
  }
  const { values } = await metrics().generations.get()
  expect(values.length).toBeLessThanOrEqual(41)
  const others = values.find(({ labels }) => labels.model === 'other')
  expect(others?.value).toBeGreaterThan(450)
  expect(values.reduce((sum, { value }) => sum + value, 0)).toBe(500)
})
