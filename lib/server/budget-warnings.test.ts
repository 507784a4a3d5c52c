import { expect, test } from 'vitest'
import { parseEnv } from '#lib/env.ts'
import { resolveModels } from '#lib/providers/resolve-models.ts'
import { budgetWarnings } from './budget-warnings.ts'

const resolve = (variables: Record<string, string>) =>
  resolveModels(parseEnv({ OPENAI_API_KEY: 'key', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', ...variables }))

test('a budget that cannot count what a model costs is warned of, once for each model', async () => {
  const unknown = await resolve({ OPENAI_MODEL: 'mine', OPENAI_UTILITY_MODEL: 'mine' })
  expect(budgetWarnings(unknown, 1)).toEqual([
    'MONTHLY_BUDGET_USD cannot count mine, whose price is not known. Put it into MODEL_PRICES.',
  ])
  expect(budgetWarnings(unknown, null)).toEqual([])
  expect(budgetWarnings(await resolve({}), 1)).toEqual([])
})
