import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase } from '#lib/db/client.ts'
import { findPreferences } from '#lib/db/preferences.ts'
import { findProfile } from '#lib/db/profiles.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { changeAccount } from './change-account.ts'

let provider: ScriptedProvider
let person: string

beforeAll(async () => {
  provider = await useScriptedProvider()
})
beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

test('what is given is changed, and the rest stays', async () => {
  const other = await createPerson()
  await changeAccount(person, { name: 'Zeno', aboutYou: 'I teach.', preferences: { persona: 'stoic' } })
  await changeAccount(person, { howToAnswer: 'Briefly.', preferences: { enterSends: false } })
  expect(await findProfile(person)).toMatchObject({
    ...{ name: 'Zeno', aboutYou: 'I teach.', howToAnswer: 'Briefly.', hasPassword: false },
    preferences: { persona: 'stoic', model: null, density: 'comfortable', enterSends: false },
  })
  expect(await findProfile(other)).toMatchObject({ name: 'Ada', aboutYou: '', howToAnswer: '' })
})

test('two preferences that are changed at once are both kept', async () => {
  await Promise.all([
    changeAccount(person, { preferences: { density: 'compact' } }),
    changeAccount(person, { preferences: { enterSends: false } }),
    changeAccount(person, { preferences: { persona: 'stoic' } }),
  ])
  expect(await findPreferences(person)).toMatchObject({
    ...{ density: 'compact', enterSends: false, persona: 'stoic' },
  })
})

test('a model on offer can be preferred, and given up', async () => {
  await changeAccount(person, { preferences: { model: 'openai:scripted-main' } })
  expect(await findPreferences(person)).toMatchObject({ model: 'openai:scripted-main' })
  await changeAccount(person, { preferences: { model: null } })
  expect(await findPreferences(person)).toMatchObject({ model: null })
})

test.each([
  [{ persona: 'nobody' }, 'unknown_persona'],
  [{ model: 'openai:nothing' }, 'unknown_model'],
])('%j is not stored, nor anything that came with it', async (preferences, code) => {
  const attempt = changeAccount(person, { name: 'Zeno', preferences })
  await expect(attempt).rejects.toMatchObject({ code })
  expect(await findProfile(person)).toMatchObject({
    name: 'Ada',
    preferences: { persona: null, model: null },
  })
})

test('an account that is gone is said to be', async () => {
  const attempt = changeAccount(crypto.randomUUID(), { name: 'Zeno' })
  await expect(attempt).rejects.toMatchObject({ code: 'signed_out' })
})
