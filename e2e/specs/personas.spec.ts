import { loadPromptLibrary } from '#lib/prompts/library.ts'
import { inProject } from '#scripts/launch/project.ts'
import { messageText } from '../provider/chat-wire.ts'
import type { ReceivedRequest } from '../provider/request-log.ts'
import { answers, choose, converse, uniqueWord, waitForEnd } from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

const library = loadPromptLibrary(inProject('prompts'))

/** What the provider got as its instructions. */
function systemText(call: ReceivedRequest | undefined): string {
  const systems = call?.body.messages.filter(({ role }) => role === 'system' || role === 'developer') ?? []
  return systems.map(messageText).join('\n\n')
}

for (const persona of library.personas) {
  test(`a conversation with ${persona.label} is led by its composed prompt`, async ({
    person: { page },
    provider,
  }) => {
    const word = uniqueWord()
    await choose(page, 'Persona', new RegExp(`^${persona.label}`))
    await converse(page, `Hello ${word}`)
    await expect(answers(page, persona.label)).toContainText(`You wrote Hello ${word}.`)
    const calls = await provider.requests({ contains: word, kind: 'answer' })
    expect(calls).toHaveLength(1)
    expect(systemText(calls[0])).toBe(library.composePersona(persona.id, null).text)
    expect(calls[0]?.body).toMatchObject({
      model: 'scripted-main',
      stream: true,
      messages: [{}, { role: 'user' }],
    })
  })
}

test('the default persona answers when none is chosen', async ({ person: { page }, provider }) => {
  const word = uniqueWord()
  await converse(page, word)
  const [call] = await provider.requests({ contains: word, kind: 'answer' })
  expect(systemText(call)).toBe(library.composePersona(library.defaultPersona, null).text)
})

test('the chosen intensity is part of the prompt', async ({ person: { page }, provider }) => {
  const word = uniqueWord()
  await choose(page, 'Intensity', /^high/i)
  await converse(page, word)
  const [call] = await provider.requests({ contains: word, kind: 'answer' })
  const { defaultPersona } = library
  expect(systemText(call)).toBe(library.composePersona(defaultPersona, 'high').text)
  expect(systemText(call)).not.toBe(library.composePersona(defaultPersona, 'low').text)
})

test('another persona takes over from the next answer, and a quiet line says where', async ({
  person,
  provider,
}) => {
  const { page } = person
  const [first, second] = [uniqueWord(), uniqueWord()]
  const label = (id: string) => library.personas.find((persona) => persona.id === id)?.label ?? id
  await converse(page, first)
  await choose(page, 'Persona', new RegExp(`^${label('concise')}`))
  await expect(answers(page, label('concise'))).toHaveCount(0)
  await converse(page, second)

  await expect(answers(page, label('stoic'))).toContainText(first)
  await expect(answers(page, label('concise'))).toContainText(second)
  const [call] = await provider.requests({ contains: second, kind: 'answer' })
  expect(systemText(call)).toBe(library.composePersona('concise', null).text)
  await expect(page.getByText(new RegExp(`${label('concise')}.*(answers|from here)`, 'i'))).toBeVisible()

  await page.reload()
  await expect(page.getByText(new RegExp(`${label('concise')}.*(answers|from here)`, 'i'))).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Persona' })).toContainText(label('concise'))
})

test('a starter is the first message', async ({ person: { page }, provider }) => {
  const persona = library.personas.find(({ id }) => id === library.defaultPersona)
  const starter = persona?.starters[0] ?? ''
  const before = (await provider.requests({ contains: starter, kind: 'answer' })).length
  await page.getByRole('button', { name: starter }).click()
  const composer = page.getByRole('textbox', { name: 'Message' })
  if ((await composer.inputValue()) === starter) await page.keyboard.press('Enter')
  await expect(page.getByRole('article', { name: 'You' })).toContainText(starter)
  await waitForEnd(page)
  expect(await provider.requests({ contains: starter, kind: 'answer' })).toHaveLength(before + 1)
})
