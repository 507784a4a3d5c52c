import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MAX_SHARES } from '#lib/chat/share.ts'
import { openBranch, removeBranch } from '#lib/db/branches.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import { deleteConversation, updateConversation } from '#lib/db/conversations.ts'
import { deleteExpiredShares, deleteShare, listShares, readSharedCopy } from '#lib/db/shares.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { holdTable } from '../../scripts/test/hold-table.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { shareConversation, updateShare } from './share-conversation.ts'

let owner: string
let stranger: string

// For the library of personas, which names them.
let provider: Awaited<ReturnType<typeof useScriptedProvider>>
beforeAll(async () => {
  provider = await useScriptedProvider()
})
beforeEach(async () => {
  await emptyDatabase()
  owner = await createPerson({ aboutYou: 'I am zzowner.' })
  stranger = await createPerson()
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

/** A turn that has ended, and the ids of its messages. */
async function createEnded(change: Parameters<typeof createTurn>[1] = {}) {
  const turn = await createTurn(owner, change)
  await end(turn.answer.id, 'A habit.')
  return { ...turn, questionId: turn.userMessage?.id ?? '' }
}

async function end(answerId: string, text: string): Promise<void> {
  await db().message.update({ where: { id: answerId }, data: { text } })
  await db().generation.updateMany({ where: { messageId: answerId }, data: { status: 'complete' } })
}

const wanted = { sharedBy: null, days: null }

async function share(conversationId: string, change: { sharedBy?: string; days?: 1 | 7 } = {}) {
  const secret = uuidv7()
  const made = await shareConversation(owner, conversationId, { ...wanted, ...change, secret })
  return { ...made, secret }
}

describe('a shared copy', () => {
  it('has the title, who speaks and what is said, and nothing else of the owner', async () => {
    const { conversationId } = await createEnded()
    const { secret } = await share(conversationId, { sharedBy: 'A reader of Seneca', days: 7 })
    const copy = await readSharedCopy(secret)
    expect(copy).toEqual({
      title: 'What is courage?',
      sharedBy: 'A reader of Seneca',
      copiedAt: expect.any(String),
      expiresAt: expect.any(String),
      messages: [
        { persona: null, text: 'What is courage?' },
        { persona: 'Stoic', text: 'A habit.' },
      ],
    })
    const days = (Date.parse(copy?.expiresAt ?? '') - Date.parse(copy?.copiedAt ?? '')) / 86_400_000
    expect(days).toBeCloseTo(7)
  })

  it('stays as it was while the conversation goes on, until it is updated under the same address', async () => {
    const { conversationId, answer } = await createEnded()
    const { id, secret } = await share(conversationId)
    const next = { id: uuidv7(), parentId: answer.id, text: 'And wisdom?', tokens: 2 }
    const later = await createTurn(owner, { conversationId, newConversation: null, userMessage: next })
    await updateConversation(owner, conversationId, { title: 'Renamed' })
    expect(await readSharedCopy(secret)).toMatchObject({ title: 'What is courage?', messages: [{}, {}] })
    await expect(updateShare(owner, id)).rejects.toMatchObject({ code: 'generation_running' })
    await expect(share(conversationId)).rejects.toMatchObject({ code: 'generation_running' })

    await end(later.answer.id, 'Knowing.')
    expect(await listShares(owner, conversationId)).toMatchObject([{ id, isBehind: true }])
    expect(await updateShare(owner, id)).toMatchObject({ id, path: `/s/${secret}`, isBehind: false })
    expect(await readSharedCopy(secret)).toMatchObject({ title: 'Renamed', messages: [{}, {}, {}, {}] })
  })

  it('has the branch that was shown, also when its messages are deleted afterwards', async () => {
    const { conversationId, questionId, answer } = await createEnded()
    const sibling = await createTurn(owner, {
      ...{ conversationId, newConversation: null, userMessage: null },
      answer: { id: uuidv7(), parentId: questionId },
    })
    await end(sibling.answer.id, 'A gift.')
    await openBranch(owner, conversationId, answer.id)
    const { secret } = await share(conversationId)
    await removeBranch(owner, conversationId, answer.id)
    expect((await readSharedCopy(secret))?.messages.at(1)?.text).toBe('A habit.')
  })
})

describe('what is shared', () => {
  it('is nobody else’s to see, share, update or revoke', async () => {
    const { conversationId } = await createEnded()
    const { id, secret } = await share(conversationId)
    expect(await listShares(stranger)).toEqual([])
    expect(await deleteShare(stranger, id)).toBe(false)
    const refused = { code: 'not_found' }
    await expect(updateShare(stranger, id)).rejects.toMatchObject(refused)
    await expect(
      shareConversation(stranger, conversationId, { ...wanted, secret: 'other' }),
    ).rejects.toMatchObject(refused)
    expect(await readSharedCopy(secret)).not.toBeNull()
  })

  it('is gone when it is revoked', async () => {
    const { conversationId } = await createEnded()
    const [kept, { id, secret }] = [await share(conversationId), await share(conversationId)]
    expect(await deleteShare(owner, id)).toBe(true)
    expect(await readSharedCopy(secret)).toBeNull()
    expect(await listShares(owner)).toMatchObject([{ id: kept.id }])
    expect(await db().share.count()).toBe(1)
  })

  it('ends when its time is over, and is then erased', async () => {
    const { conversationId } = await createEnded()
    const { id, secret } = await share(conversationId, { days: 1 })
    expect(await deleteExpiredShares()).toBe(0)
    await db().share.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } })
    expect(await readSharedCopy(secret)).toBeNull()
    expect(await listShares(owner)).toEqual([])
    await expect(updateShare(owner, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await deleteExpiredShares()).toBe(1)
  })

  it('is counted as far as the list shows it, and a conversation that is gone by then is no matter of counting', async () => {
    const { conversationId } = await createEnded()
    const hidden = await createEnded()
    const { id } = await share(hidden.conversationId)
    await db().$executeRaw`
      INSERT INTO share SELECT gen_random_uuid(), "userId", "conversationId", gen_random_uuid(), title, "sharedBy", messages, "copiedAt"
      FROM share, generate_series(2, ${MAX_SHARES}::int) WHERE id = ${id}::uuid`
    await expect(share(conversationId)).rejects.toThrow(/very many/)
    await deleteConversation(owner, hidden.conversationId)
    expect(await share(conversationId)).toMatchObject({ conversationId })

    const shares = await holdTable('share', 'ACCESS EXCLUSIVE')
    const refused = expect(share(conversationId)).rejects.toMatchObject({ code: 'not_found' })
    await shares.untilWaitedFor()
    await shares.query('UPDATE conversation SET "deletedAt" = now() WHERE id = $1', [conversationId])
    await shares.release()
    await refused
  })

  it('stops while the conversation is deleted or the account disabled', async () => {
    const { conversationId } = await createEnded()
    const { secret } = await share(conversationId)
    const disable = (disabledAt: Date | null) =>
      db().user.update({ where: { id: owner }, data: { disabledAt } })
    await disable(new Date())
    expect(await readSharedCopy(secret)).toBeNull()
    await disable(null)
    await deleteConversation(owner, conversationId)
    expect(await readSharedCopy(secret)).toBeNull()
    expect(await listShares(owner)).toEqual([])
    await db().conversation.update({ where: { id: conversationId }, data: { deletedAt: null } })
    expect(await readSharedCopy(secret)).not.toBeNull()
    await db().conversation.delete({ where: { id: conversationId } })
    expect(await db().share.count()).toBe(0)
  })

  it('cannot be temporary or empty', async () => {
    const temporary = await createEnded({ newConversation: { placeholderTitle: 'x', isTemporary: true } })
    await expect(share(temporary.conversationId)).rejects.toMatchObject({ code: 'invalid_request' })
    const { conversationId, questionId } = await createEnded()
    await removeBranch(owner, conversationId, questionId)
    await expect(share(conversationId)).rejects.toMatchObject({ code: 'invalid_request' })
  })
})
