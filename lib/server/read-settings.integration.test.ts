import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { linkAccount } from '#lib/db/users.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { readSettings } from './read-settings.ts'

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

test('a persona and a model that are gone are shown as what answers in their place', async () => {
  const preferences = { persona: 'gone', model: 'openai:gone', density: 'compact' }
  await db().user.update({ where: { id: person }, data: { preferences } })
  await linkAccount(person, { provider: 'github', providerAccountId: '42' })
  expect(await readSettings(person)).toMatchObject({
    ...{ persona: promptLibrary().defaultPersona, model: null, linked: ['github'] },
    profile: { name: 'Ada', hasPassword: false, preferences: { density: 'compact' } },
  })
})

test('it says what going would mean', async () => {
  expect(await readSettings(person)).toMatchObject({ departure: 'plain' })
  await db().user.update({ where: { id: person }, data: { role: 'administrator' } })
  expect(await readSettings(person)).toMatchObject({ departure: 'nobody_left' })
  await createPerson()
  expect(await readSettings(person)).toMatchObject({ departure: 'needs_successor' })
})

test('an account that is gone has none', async () => {
  await expect(readSettings(crypto.randomUUID())).rejects.toMatchObject({ code: 'signed_out' })
})
