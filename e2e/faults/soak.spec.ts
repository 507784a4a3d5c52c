import { runSoak } from '../soak/run-soak.ts'
import { expect, test } from './support/test.ts'

test('a minute of people, stops, reloads and kill -9: nothing that was sent or shown is lost', async () => {
  test.setTimeout(240_000)
  const { figures, broken } = await runSoak({ seconds: 60, people: 6, seed: 20_261_121 })
  expect(broken).toEqual([])
  // Enough happened to have broken something.
  expect(figures['messages sent']).toBeGreaterThan(30)
  expect(figures['answers continued']).toBeGreaterThan(0)
  expect(figures['kill -9']).toBeGreaterThan(2)
})
