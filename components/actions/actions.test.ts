import { expect, it, vi } from 'vitest'
import { createCell } from '#components/chat/cell.ts'
import type { ConversationStore } from '#components/chat/conversation-store.ts'
import { sendFirst, setUp } from '#components/chat/testing/conversation-set-up.ts'
import { answer, question, stored } from '#components/chat/testing/scripted-api.ts'
import type { ActionPage } from './action.ts'
import { actions } from './actions.ts'
import { runAction } from './run-action.ts'

// There is no page: nothing has the focus.
vi.stubGlobal('document', { activeElement: null })

function pageOf(store: ConversationStore | null, isAdministrator = false): ActionPage {
  const client = {
    ...{ personas: [], models: [{ provider: 'openai', model: 'usual', isAiModel: true }] },
    ...{ list: { find: () => undefined }, overlay: createCell(null), announce: vi.fn() },
  }
  // As much of a client as is asked whether something is offered.
  return { client, store, isAdministrator } as unknown as ActionPage
}

function offered(page: ActionPage): string[] {
  return actions.filter(({ isOffered }) => isOffered?.(page) ?? true).map(({ id }) => id)
}

const ofConversation = ['rename', 'pin', 'archive', 'move', 'delete', 'share', 'statistics', 'export-json']
const ofMessages = ['copy', 'edit', 'regenerate', 'making', 'next-message', 'clear-context']

it('offers beside the conversations what needs none', () => {
  const ids = offered(pageOf(null))
  expect(ids).toEqual(expect.arrayContaining(['new-conversation', 'usage', 'theme', 'help', 'sign-out']))
  for (const id of [...ofConversation, ...ofMessages, 'persona', 'write', 'stop'])
    expect(ids).not.toContain(id)
})

it('offers for a new conversation to choose who answers, and nothing that needs messages', () => {
  const ids = offered(pageOf(setUp().store))
  expect(ids).toEqual(expect.arrayContaining(['persona', 'intensity', 'write']))
  for (const id of [...ofConversation, ...ofMessages]) expect(ids).not.toContain(id)
})

it('offers for a conversation at rest everything but to stop', () => {
  const ids = offered(pageOf(setUp(stored(question('q1'), answer('a1', 'q1'))).store))
  expect(ids).toEqual(expect.arrayContaining([...ofConversation, ...ofMessages]))
  expect(ids).not.toContain('stop')
  expect(ids).not.toContain('unpin')
})

it('offers while an answer is written to stop it, and no other turn', async () => {
  const set = setUp()
  await sendFirst(set)
  const ids = offered(pageOf(set.store))
  expect(ids).toContain('stop')
  for (const id of ['edit', 'regenerate', 'answer-with', 'clear-context']) expect(ids).not.toContain(id)
})

it('offers administration to administrators', () => {
  expect(offered(pageOf(null))).not.toContain('administration')
  expect(offered(pageOf(null, true))).toContain('administration')
})

it('says above the composer why something was not done, and elsewhere to screen readers', async () => {
  const stop = actions.find(({ id }) => id === 'stop')
  if (!stop) throw new Error('There is nothing to stop with.')
  const page = pageOf(setUp().store)
  await runAction(page, stop)
  expect(page.store?.branches.notice.get()).toEqual({ kind: 'kept', why: 'No answer is being written.' })
  const elsewhere = pageOf(null)
  await runAction(elsewhere, { ...stop, run: () => ({ kind: 'kept', why: 'Not now.' }) })
  expect(elsewhere.client.announce).toHaveBeenCalledWith('Not now.')
})
