import { v7 as uuid } from 'uuid'
import { MICROCENTS_PER_DOLLAR } from '#lib/chat/money.ts'
import type { MonthSpending } from '#lib/chat/month-spending.ts'
import { ApiClient, errorOf } from '../support/api-client.ts'
import { answers, composer, converse, send, uniqueWord } from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import type { Person } from '../support/person.ts'
import { administratorCookie } from '../support/stack.ts'
import { expect, test } from '../support/test.ts'

async function userIdOf({ api }: Person): Promise<string> {
  const session = (await (await api.call('GET', '/api/auth/session')).json()) as { user: { id: string } }
  return session.user.id
}

async function monthOf({ api }: Person): Promise<MonthSpending> {
  return (await (await api.call('GET', '/api/usage/month')).json()) as MonthSpending
}

function setBudget(origin: string, userId: string, json: unknown, cookie = administratorCookie()) {
  return new ApiClient(origin).call('PUT', `/api/users/${userId}/budget`, { json, headers: { cookie } })
}

test('from 80 % of a budget on the page says so; what could cost more than is left is refused, and stays', async ({
  person,
  origin,
  provider,
  problems,
}) => {
  problems.allow(/status of 402/)
  const { page } = person
  const used = page.getByText(/^You have used 8\d % of this month’s budget\.$/)
  await converse(page, 'What does an answer cost?')
  const { spent, budget } = await monthOf(person)
  expect(budget).toBeNull()
  expect(spent).toBeGreaterThan(0)

  // Two answers are some 83 % of it, and a third one would be too much.
  const dollars = (spent * 2.42) / MICROCENTS_PER_DOLLAR
  const changed = await setBudget(origin, await userIdOf(person), { monthlyBudgetUsd: dollars })
  expect(await changed.json()).toMatchObject({ budget: Math.round(spent * 2.42) })
  await page.reload()
  await expect(answers(page)).toHaveCount(1)
  await expect(used).toHaveCount(0)
  await converse(page, 'And now?')
  await expect(used).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(used).toHaveCount(0)
  await expect(composer(page)).toBeFocused()

  const word = uniqueWord()
  await send(page, `One more ${word}`)
  await expect(page.getByRole('alert').filter({ hasText: 'You have used' })).toContainText(
    /that you may spend in a month, and this answer could cost more than is left\. .* an administrator can raise/,
  )
  await expect(composer(page)).toHaveValue(`One more ${word}`)
  await expect(answers(page)).toHaveCount(2)
  expect(await provider.requests({ contains: word })).toEqual([])

  await setBudget(origin, await userIdOf(person), { monthlyBudgetUsd: null })
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(answers(page).last()).toContainText(word)
})

test('only administrators set budgets, of people that there are, to amounts that there are', async ({
  person,
  origin,
}) => {
  const id = await userIdOf(person)
  const anonymous = new ApiClient(origin)
  const json = { monthlyBudgetUsd: 5 }
  expect((await anonymous.call('GET', '/api/usage/month')).status).toBe(401)
  expect((await setBudget(origin, id, json, '')).status).toBe(401)
  const own = await person.api.call('PUT', `/api/users/${id}/budget`, { json })
  expect([own.status, (await errorOf(own)).code]).toEqual([403, 'administrators_only'])
  const foreign = await anonymous.call('PUT', `/api/users/${id}/budget`, {
    json,
    headers: { cookie: administratorCookie(), origin: 'https://foreign.invalid' },
  })
  expect((await errorOf(foreign)).code).toBe('foreign_origin')

  for (const unknown of [uuid(), 'x', '%00'])
    expect((await setBudget(origin, unknown, json)).status).toBe(404)
  for (const wrong of [{}, [], { monthlyBudgetUsd: -1 }, { monthlyBudgetUsd: '5' }, { ...json, more: 1 }]) {
    const response = await setBudget(origin, id, wrong)
    expect([response.status, (await errorOf(response)).code]).toEqual([400, 'invalid_request'])
  }
  expect((await monthOf(person)).budget).toBeNull()
})
