import {
  askToDelete,
  editButton,
  editor,
  openMenu,
  regenerate,
  step,
  top,
  turn,
  undoButton,
  versions,
} from '../support/branch-page.ts'
import {
  answers,
  composer,
  conversationIdOf,
  converse,
  questions,
  send,
  stopButton,
  uniqueWord,
  waitForEnd,
} from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

test.describe('editing a question', () => {
  test('makes another version of it with a new answer, and overwrites nothing', async ({
    person: { page, api },
  }) => {
    await converse(page, 'The first question')
    await converse(page, 'The second question')
    const first = await api.conversation(conversationIdOf(page))
    await editButton(questions(page).nth(1)).click()
    await expect(editor(page)).toHaveValue('The second question')
    await expect(editor(page)).toBeFocused()
    await editor(page).fill('The second question, put better')
    await page.keyboard.press('Enter')
    await expect(questions(page)).toHaveText([/^The first question/, /^The second question, put better/])
    await expect(versions(questions(page).nth(1))).toHaveText('2/2')
    await expect(composer(page)).toBeFocused()
    await waitForEnd(page)
    await expect(answers(page).nth(1)).toContainText('put better')

    const { messages } = await api.conversation(conversationIdOf(page))
    expect(messages[2]).toMatchObject({ parentId: first.messages[1]?.id })
    expect(messages[2]?.siblingIds).toEqual([first.messages[2]?.id, messages[2]?.id])
    await step(questions(page).nth(1), 'Previous').click()
    await expect(questions(page).nth(1)).toContainText(/^The second question1\/2$/)
    await expect(answers(page).nth(1)).not.toContainText('put better')
  })

  test('works on the first question, too', async ({ person: { page, api }, provider }) => {
    const word = uniqueWord()
    await converse(page, 'A first thought')
    await editButton(questions(page)).click()
    await editor(page).fill(`${word} instead`)
    await page.getByRole('article').getByRole('button', { name: 'Send' }).click()
    await expect(answers(page)).toContainText(word)
    await expect(versions(questions(page))).toHaveText('2/2')
    const [call] = await provider.requests({ contains: word, kind: 'answer' })
    expect(JSON.stringify(call?.body.messages)).not.toContain('A first thought')
    const { messages } = await api.conversation(conversationIdOf(page))
    expect(messages[0]).toMatchObject({ parentId: null, text: `${word} instead` })
  })

  test('is left with Escape and keeps what was typed, is given up with Cancel, and sends nothing unchanged', async ({
    person: { page },
    provider,
  }) => {
    const word = uniqueWord()
    await converse(page, word)
    const edit = editButton(questions(page))
    await edit.focus()
    await page.keyboard.press('Enter')
    await expect(editor(page)).toBeFocused()
    await page.keyboard.type(' and more')
    await page.keyboard.press('Shift+Enter')
    await expect(editor(page)).toHaveValue(`${word} and more\n`)
    await page.keyboard.press('Escape')
    await expect(edit).toBeFocused()
    await expect(questions(page)).toContainText(word)

    await page.keyboard.press('Enter')
    await expect(editor(page)).toHaveValue(`${word} and more\n`)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(edit).toBeFocused()
    await edit.click()
    await expect(editor(page)).toHaveValue(word)
    await page.keyboard.press('Enter')
    await expect(edit).toBeFocused()
    expect(await provider.requests({ contains: word, kind: 'answer' })).toHaveLength(1)
  })

  test('has the limit of any message', async ({ person: { page } }) => {
    await converse(page, 'Short')
    await editButton(questions(page)).click()
    await editor(page).fill('x'.repeat(32_001))
    await expect(page.getByText('This one has 1 too many.')).toBeVisible()
    await expect(page.getByRole('article').getByRole('button', { name: 'Send' })).toBeDisabled()
  })

  test('loses nothing when the server cannot be reached', async ({ person: { page }, problems }) => {
    problems.allow(/ERR_FAILED/)
    await converse(page, 'A question')
    await page.route('**/api/chat', (route) => route.abort())
    await editButton(questions(page)).click()
    await editor(page).fill('A better question')
    await page.keyboard.press('Enter')
    await expect(questions(page)).toContainText('A better question')
    await page.getByRole('button', { name: 'Edit', exact: true }).last().click()
    await expect(editor(page)).toHaveValue('A better question')
    await page.unroute('**/api/chat')
    await page.keyboard.press('Enter')
    await expect(answers(page)).toContainText('A better question')
    await expect(versions(questions(page))).toHaveText('2/2')
  })

  test('is not offered while an answer runs; its place is kept', async ({ person: { page }, provider }) => {
    await converse(page, 'A question')
    const distance = async () => (await top(answers(page).first())) - (await top(questions(page).first()))
    const before = await distance()
    const gate = uniqueWord()
    await send(page, `[scenario:gated gate=${gate} before=5 tokens=20]`)
    await expect(answers(page).last()).toContainText('word5')
    await questions(page).first().hover()
    await expect(editButton(questions(page).first())).toBeHidden()
    await expect(page.getByRole('button', { name: 'Regenerate' })).toHaveCount(0)
    expect(await distance()).toBe(before)
    await provider.openGate(gate)
    await waitForEnd(page)
    await expect(editButton(questions(page).first())).toBeVisible()
  })
})

test.describe('another answer', () => {
  test('to any question, and what followed stays with the answer before', async ({
    person: { page },
    provider,
  }) => {
    const word = uniqueWord()
    await converse(page, word)
    await converse(page, 'What follows')
    await regenerate(answers(page).first(), 'Again')
    await expect(questions(page)).toHaveCount(1)
    await waitForEnd(page)
    await expect(versions(answers(page))).toHaveText('2/2')
    await step(answers(page), 'Previous').click()
    await expect(questions(page)).toHaveText([/.*/, /^What follows/])
    expect(await provider.requests({ contains: word, kind: 'answer' })).toHaveLength(2)
  })

  test('is counted at once, and can be stopped', async ({ person: { page } }) => {
    await send(page, '[scenario:slow tokens=2000 delay=15]')
    await expect(answers(page)).toContainText('word10')
    await stopButton(page).click()
    await waitForEnd(page)
    await regenerate(answers(page), 'Again')
    await expect(versions(answers(page))).toHaveText('2/2')
    await expect(answers(page)).toContainText('word10')
    await expect(step(answers(page), 'Previous')).toHaveAttribute('aria-disabled', 'true')
    await stopButton(page).click()
    await waitForEnd(page)
    await expect(step(answers(page), 'Previous')).toHaveAttribute('aria-disabled', 'false')
    await expect(step(answers(page), 'Next')).toHaveAttribute('aria-disabled', 'true')
  })

  test('with another persona, intensity or model', async ({ person: { page, api }, provider }) => {
    const word = uniqueWord()
    await converse(page, word)
    await regenerate(answers(page), 'Tutor')
    await expect(answers(page, 'Tutor')).toContainText(word)
    await waitForEnd(page)
    await expect(page.getByRole('combobox', { name: 'Persona' })).toContainText('Tutor')
    await regenerate(answers(page, 'Tutor'), 'High')
    await expect(versions(answers(page, 'Tutor'))).toHaveText('3/3')
    await waitForEnd(page)
    await regenerate(answers(page, 'Tutor'), 'scripted-utility')
    await expect(versions(answers(page, 'Tutor'))).toHaveText('4/4')
    await waitForEnd(page)
    const { messages } = await api.conversation(conversationIdOf(page))
    expect(messages[1]).toMatchObject({
      generation: { persona: 'tutor', intensity: 'high', model: 'scripted-utility' },
    })
    const calls = await provider.requests({ contains: word, kind: 'answer' })
    expect(calls.map(({ body }) => body.model)).toEqual([
      ...['scripted-main', 'scripted-main', 'scripted-main', 'scripted-utility'],
    ])
  })

  test('is asked for by keyboard', async ({ person: { page } }) => {
    await converse(page, 'A question')
    const button = answers(page).getByRole('button', { name: 'Regenerate' })
    await button.focus()
    await page.keyboard.press('Enter')
    const menu = page.getByRole('menu')
    await expect(menu.getByRole('menuitem', { name: 'Again' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(menu).toHaveCount(0)
    await expect(button).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(menu.getByRole('menuitem', { name: 'Again' })).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(menu.getByRole('menuitem', { name: 'Casual' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(answers(page, 'Casual')).toBeVisible()
    await expect(versions(answers(page, 'Casual'))).toHaveText('2/2')
  })
})

test.describe('versions', () => {
  test('are walked with the focus and the place kept, and the choice stays', async ({
    person: { page, api },
  }) => {
    await page.setViewportSize({ width: 900, height: 500 })
    const first = await turn(api, undefined, null, '[scenario:slow tokens=300 delay=0]')
    const id = first.conversationId
    const second = await turn(api, id, first.answerId, 'One version')
    await turn(api, id, second.answerId, '[scenario:slow tokens=400 delay=0]')
    await turn(api, id, first.answerId, 'Another version')
    await turn(api, id, first.answerId, 'A last version')
    await page.goto(`/chat/${id}`)
    const question = questions(page).nth(1)
    await expect(versions(question)).toHaveText('3/3')
    await expect(step(question, 'Next')).toHaveAttribute('aria-disabled', 'true')
    await step(question, 'Previous').focus()
    const place = await top(versions(question))

    await page.keyboard.press('Enter')
    await expect(versions(question)).toHaveText('2/3')
    await expect(page.getByRole('status').filter({ hasText: 'Version 2 of 3.' })).toBeAttached()
    await expect(step(question, 'Previous')).toBeFocused()
    expect(await top(versions(question))).toBeCloseTo(place, 0)
    await page.keyboard.press('Enter')
    await expect(versions(question)).toHaveText('1/3')
    await expect(page.getByRole('status').filter({ hasText: 'Version 1 of 3.' })).toBeAttached()
    await expect(questions(page)).toHaveCount(3)
    await expect(step(question, 'Previous')).toBeFocused()
    await expect(step(question, 'Previous')).toHaveAttribute('aria-disabled', 'true')
    expect(await top(versions(question))).toBeCloseTo(place, 0)

    await step(question, 'Next').click()
    await expect(versions(question)).toHaveText('2/3')
    expect(await top(versions(question))).toBeCloseTo(place, 0)
    await page.reload()
    await expect(question).toContainText('Another version')
    await expect(versions(question)).toHaveText('2/3')
  })

  test('decide what the model is sent', async ({ account: { page, api }, provider }) => {
    const first = await turn(api, undefined, null, 'The question')
    const kept = uniqueWord()
    const left = uniqueWord()
    await turn(api, first.conversationId, first.answerId, kept)
    await turn(api, first.conversationId, first.answerId, left)
    await page.goto(`/chat/${first.conversationId}`)
    await step(questions(page).nth(1), 'Previous').click()
    await expect(questions(page).nth(1)).toContainText(kept)
    const word = uniqueWord()
    await converse(page, word)
    const [call] = await provider.requests({ contains: word, kind: 'answer' })
    expect(JSON.stringify(call?.body.messages)).toContain(kept)
    expect(JSON.stringify(call?.body.messages)).not.toContain(left)
  })
})

test('axe finds nothing serious in the menus, the editor, the dialog and the notice', async ({
  person: { page },
}) => {
  await converse(page, 'A question')
  await regenerate(answers(page), 'Again')
  await expect(versions(answers(page))).toHaveText('2/2')
  await waitForEnd(page)
  const menu = await openMenu(answers(page), 'Regenerate')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
  await editButton(questions(page)).click()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  const dialog = await askToDelete(questions(page))
  await expect(dialog).toContainText('3 messages')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(undoButton(page)).toBeVisible()
  await expectAccessible(page)
})
