import { afterAll, beforeEach, describe, expect, it, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { readConversationStats } from '#lib/db/conversation-stats.ts'
import { readConversation } from '#lib/db/conversations.ts'
import { readImportPiece } from '#lib/db/imports.ts'
import { listConversations } from '#lib/db/list-conversations.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { holdTable } from '../../scripts/test/hold-table.ts'
import { importFile, sendFile } from '../../scripts/test/import-file.ts'
import { makeZip } from '../../scripts/test/make-zip.ts'
import { exportConversations } from './export-conversations.ts'
import { beginImport, importReport, removeImport, takeImportPiece } from './imports.ts'
import { giveUpImport, runImport } from './run-import.ts'

let person: string

beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
})
afterAll(closeDatabase)

/** A conversation as ChatGPT has it; the two answers to its question are branches. */
function chatgpt(id: string, text = 'What is courage?') {
  const message = (role: string, words: string) => ({
    ...{ author: { role }, create_time: 1_700_000_000, metadata: { model_slug: 'gpt-4o' } },
    content: { content_type: 'text', parts: [words] },
  })
  return {
    ...{
      id,
      title: `Title of ${id}`,
      create_time: 1_700_000_000,
      update_time: 1_700_000_100,
      current_node: 'a1',
    },
    mapping: {
      root: { parent: null, message: null },
      q: { parent: 'root', message: message('user', text) },
      a1: { parent: 'q', message: message('assistant', 'Endurance.') },
      a2: { parent: 'q', message: message('assistant', 'Wisdom.') },
      tool: { parent: 'a1', message: message('tool', 'x') },
    },
  }
}

function claude(uuid: string, text = 'What is wisdom?') {
  const messages = [
    { uuid: 'q', sender: 'human', text },
    { uuid: 'a', sender: 'assistant', text: 'To know that one does not know.' },
  ]
  return { uuid, name: '', created_at: '2024-01-01T00:00:00Z', chat_messages: messages }
}

const json = JSON.stringify

describe('an export of another service', () => {
  test('comes with its titles, times, branches and models, and costs nothing', async () => {
    const zip = makeZip([
      { name: 'export/conversations-001.json', content: json([chatgpt('second')]) },
      {
        name: 'export/conversations-000.json',
        content: json([chatgpt('first'), { ...chatgpt('x'), mapping: {} }]),
      },
      { name: 'export/file-abc.png', content: 'x' },
      { name: 'export/more.zip', content: 'x' },
      { name: 'export/user.json', content: '{"id":"user-1"}' },
    ])
    const { import: state, entries } = await importFile(person, zip)
    expect(state).toMatchObject({
      ...{ status: 'done', fault: null, progress: 1, counts: { imported: 2, empty: 1 } },
      otherFiles: { images: 1, archives: 1 },
    })
    expect(entries).toMatchObject([
      { position: 1, outcome: 'imported', source: 'chatgpt', messages: 3, leftOut: { tools: 1 } },
      { position: 2, outcome: 'empty', title: 'Title of x', conversationId: null },
      { position: 3, outcome: 'imported', title: 'Title of second' },
    ])
    const conversationId = entries[0]?.conversationId ?? ''
    const read = await readConversation(person, conversationId)
    expect(read?.conversation).toMatchObject({
      ...{ title: 'Title of first', titleSource: 'person', persona: 'stoic', model: null },
      ...{ createdAt: '2023-11-14T22:13:20.000Z', lastActivityAt: '2023-11-14T22:15:00.000Z' },
    })
    expect(read?.messages).toMatchObject([
      { text: 'What is courage?' },
      {
        text: 'Endurance.',
        siblingIds: [expect.any(String), expect.any(String)],
        generation: { provider: 'chatgpt', model: 'gpt-4o', status: 'complete', inputTokens: null },
      },
    ])
    expect(await readConversationStats(person, conversationId)).toMatchObject({ calls: 0, cost: 0 })
    const tokens = await db().message.findMany({ where: { conversationId }, select: { tokens: true } })
    expect(tokens.every((message) => message.tokens > 0)).toBe(true)
    expect(await db().usageEvent.count()).toBe(0)
    expect((await listConversations(person)).conversations).toHaveLength(2)
    expect(await readImportPiece(state.id, 0)).toBeNull()
  })

  test('of Claude is known by what is in it; a title that is missing is made of the question', async () => {
    const { import: state, entries } = await importFile(person, `\n ${json([claude('c'), claude('d')])}`)
    expect(state.counts).toEqual({ imported: 2 })
    expect(entries[0]).toMatchObject({ source: 'claude', title: 'What is wisdom?', messages: 2 })
  })

  test('is imported once: what is here or in the trash is skipped, and somebody else has their own', async () => {
    const file = json([chatgpt('first'), chatgpt('second')])
    const { entries } = await importFile(person, file)
    await db().conversation.update({
      where: { id: entries[1]?.conversationId ?? '' },
      data: { deletedAt: new Date() },
    })
    const again = await importFile(person, json([chatgpt('first'), chatgpt('second'), chatgpt('third')]))
    expect(again.import).toMatchObject({ status: 'done', counts: { here: 1, in_trash: 1, imported: 1 } })
    expect(again.entries[0]?.conversationId).toBe(entries[0]?.conversationId)
    expect(await db().conversation.count()).toBe(3)
    const other = await createPerson()
    const others = await importFile(other, file)
    expect(others.import.counts).toEqual({ imported: 2 })
    expect(others.entries[0]?.conversationId).not.toBe(entries[0]?.conversationId)
  })

  test('may hold what PostgreSQL refuses, and a file of several pieces', async () => {
    const odd = chatgpt('odd', `a\u0000b\ud800c ${'courage '.repeat(200_000)}`)
    const { import: state, entries } = await importFile(person, json([{ ...odd, title: 'T\u0000\nt' }]))
    expect(state.size).toBeGreaterThan(1_048_576)
    expect(entries).toMatchObject([{ outcome: 'imported', title: 'T t' }])
    const read = await readConversation(person, entries[0]?.conversationId ?? '')
    expect(read?.messages[0]?.text.slice(0, 4)).toBe('abc ')
  })
})

describe('what is damaged', () => {
  test('keeps what came before it, and goes on with the next document', async () => {
    const whole = json([chatgpt('a'), chatgpt('b'), chatgpt('c')])
    const broken = `${whole.slice(0, whole.indexOf('"title":"Title of c"'))} oops`
    const { import: state, entries } = await importFile(
      person,
      makeZip([
        { name: 'conversations-000.json', content: broken },
        { name: 'conversations-001.json', content: json([chatgpt('d')]) },
      ]),
    )
    expect(state).toMatchObject({ status: 'incomplete', fault: 'broken_json', counts: { imported: 3 } })
    expect(entries.map(({ title }) => title)).toEqual(['Title of a', 'Title of b', 'Title of d'])
    const cut = await importFile(person, whole.slice(0, -40))
    expect(cut.import).toMatchObject({ status: 'incomplete', fault: 'broken_json' })
    expect(cut.import.counts).toEqual({ here: 2 })
  })

  test('a conversation that is not as expected is named, and keeps out no other', async () => {
    const { import: state, entries } = await importFile(
      person,
      json([{ title: `Odd\u0000\n${'t'.repeat(300)}`, mapping: 7 }, chatgpt('a'), 7, { x: 1 }]),
    )
    expect(state).toMatchObject({ status: 'done', counts: { unreadable: 1, imported: 1 } })
    expect(entries[0]).toMatchObject({ outcome: 'unreadable', title: `Odd ${'t'.repeat(195)}…` })
  })

  test('a file that is none, or means harm, is refused with the reason, and leaves nothing', async () => {
    const refused: [string, string | Buffer][] = [
      ['not_an_export', 'a text'],
      ['not_an_export', '   '],
      ['not_an_export', '[]'],
      ['not_an_export', '{"format":"other","conversations":{}}'],
      ['not_an_export', json([{ uuid: 'x', full_name: 'A person' }])],
      ['not_an_export', makeZip([{ name: 'notes.txt', content: 'x' }])],
      [
        'not_an_export',
        makeZip([
          {
            name: 'conversations.zip',
            content: makeZip([{ name: 'conversations.json', content: json([chatgpt('a')]) }]),
          },
        ]),
      ],
      ['broken_json', '[{"mapping": {'],
      ['broken_archive', Buffer.from('PK and then nothing')],
      [
        'broken_archive',
        makeZip([{ name: 'conversations.json', content: json([chatgpt('a')]) }]).subarray(0, -10),
      ],
      [
        'broken_archive',
        makeZip([{ name: 'conversations.json', content: json([chatgpt('a')]), claimedSize: 100 }]),
      ],
      ['unsafe_path', makeZip([{ name: '../../conversations.json', content: '[]' }])],
      [
        'unsafe_path',
        makeZip([
          { name: 'conversations.json', content: '[]' },
          { name: '/etc/passwd', content: 'x' },
        ]),
      ],
      ['encrypted', makeZip([{ name: 'conversations.json', content: '[]', isEncrypted: true }])],
      ['unpacks_too_large', makeZip([{ name: 'conversations.json', content: ' '.repeat(3_000_000) }])],
      [
        'unpacks_too_large',
        makeZip([{ name: 'conversations.json', content: '[]', claimedSize: 4_000_000_000 }]),
      ],
    ]
    for (const [fault, content] of refused) {
      const { import: state, entries } = await importFile(await createPerson(), content)
      expect(state, String(content).slice(0, 80)).toMatchObject({ status: 'failed', fault, counts: {} })
      expect(entries).toEqual([])
    }
    expect([await db().conversation.count(), await db().importPiece.count()]).toEqual([0, 0])
  })
})

test('work that a server left is gone on with, and what came is not done again', async () => {
  const file = json(['a', 'b', 'c'].map((id) => chatgpt(id)))
  const importId = await sendFile(person, file)
  const pieces = await db().importPiece.findMany()
  await runImport(importId)
  // As if it had died before the last one.
  const { entries } = await importReport(person, importId, { after: 2, onlySkipped: false })
  await db().conversation.delete({ where: { id: entries[0]?.conversationId ?? '' } })
  await db().importEntry.delete({ where: { importId_position: { importId, position: 3 } } })
  await db().import.update({ where: { id: importId }, data: { status: 'running', finishedAt: null } })
  await db().importPiece.createMany({ data: pieces })
  await runImport(importId)
  const report = await importReport(person, importId, { after: 0, onlySkipped: false })
  expect(report.import).toMatchObject({ status: 'done', counts: { imported: 3 } })
  expect(await db().conversation.count()).toBe(3)
  // Over is over.
  await runImport(importId)
  await giveUpImport(importId)
  expect((await importReport(person, importId, { after: 0, onlySkipped: false })).import.status).toBe('done')
})

test('a server that is killed in the middle of a file goes on with it, and each conversation is here once', async () => {
  const importId = await sendFile(person, json(Array.from({ length: 15 }, (_, n) => chatgpt(`c${n}`))))
  const running = runImport(importId)
  await expect.poll(() => db().importEntry.count()).toBeGreaterThan(2)
  const messages = await holdTable('message', 'SHARE')
  await messages.untilWaitedFor()
  // Of a server that is killed its connections are left, with what was under way in them.
  const died = expect(running).rejects.toThrow()
  await messages.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  )
  await died
  await messages.release()
  expect(await db().conversation.count()).toBeLessThan(15)
  await runImport(importId)
  const report = await importReport(person, importId, { after: 0, onlySkipped: false })
  expect(report.import).toMatchObject({ status: 'done', counts: { imported: 15 } })
  expect(await db().conversation.count()).toBe(15)
})

test('a file at which the server dies each time is given up, with what came before; one that goes on is not', async () => {
  const importId = await sendFile(person, json([chatgpt('a'), chatgpt('b')]))
  const dieBefore = async (attempts: number) => {
    await db().import.update({ where: { id: importId }, data: { status: 'running', attempts } })
  }
  await dieBefore(2)
  await runImport(importId)
  const read = async () => (await importReport(person, importId, { after: 0, onlySkipped: false })).import
  expect(await read()).toMatchObject({ status: 'done', counts: { imported: 2 } })
  expect(await db().import.findFirst()).toMatchObject({ attempts: 0 })
  await dieBefore(3)
  await runImport(importId)
  expect(await read()).toMatchObject({ status: 'incomplete', fault: 'stopped_server' })
})

test('a conversation whose branches repeat too much is named and keeps out no other', async () => {
  const { mapping, ...rest } = chatgpt('a', 'x'.repeat(300_000))
  const replies = Array.from({ length: 2_000 }, (_, n) => [`r${n}`, { ...mapping.q, parent: 'q' }])
  const grown = { ...rest, mapping: { ...mapping, ...Object.fromEntries(replies.map(short)) } }
  const { import: state, entries } = await importFile(person, json([grown, chatgpt('b')]))
  expect(state).toMatchObject({ status: 'done', counts: { too_large: 1, imported: 1 } })
  expect(entries[0]).toMatchObject({ outcome: 'too_large', title: 'Title of a' })

  function short([id, node]: (typeof replies)[number]) {
    return [
      id,
      { ...(node as typeof mapping.q), message: { ...mapping.q.message, content: { parts: ['x'] } } },
    ]
  }
})

test('a conversation that cannot be stored in its time is tried once more, then named, and keeps out no other', async () => {
  await db().$executeRaw`CREATE SEQUENCE tried`
  await db().$executeRaw`
    CREATE FUNCTION take_long() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.text LIKE 'always%' OR nextval('tried') = 1 THEN RAISE EXCEPTION 'too slow' USING ERRCODE = '57014'; END IF;
      RETURN NEW;
    END $$`
  await db().$executeRaw`
    CREATE TRIGGER take_long BEFORE INSERT ON message FOR EACH ROW
    WHEN (NEW.text LIKE '%slow') EXECUTE FUNCTION take_long()`
  try {
    const file = [chatgpt('a', 'once slow'), chatgpt('b', 'always slow'), chatgpt('c')]
    const { import: state, entries } = await importFile(person, json(file))
    expect(state).toMatchObject({ status: 'done', fault: null })
    expect(entries.map(({ outcome }) => outcome)).toEqual(['imported', 'too_slow', 'imported'])
  } finally {
    await db().$executeRaw`DROP FUNCTION take_long CASCADE`
    await db().$executeRaw`DROP SEQUENCE tried`
  }
})

test('one that is called off stores nothing more; one that fails for good says so', async () => {
  const called = await sendFile(person, json([chatgpt('a')]))
  await removeImport(person, called)
  await runImport(called)
  expect(await db().conversation.count()).toBe(0)
  const failing = await sendFile(person, json([chatgpt('a')]))
  await giveUpImport(failing)
  const { import: state } = await importReport(person, failing, { after: 0, onlySkipped: false })
  expect(state).toMatchObject({ status: 'failed', fault: 'interrupted' })
})

describe('a file that is sent', () => {
  it('goes on where it was left, when it is the same', async () => {
    const file = { fileName: 'x.zip', size: 1_500_000 }
    const first = await beginImport(person, file)
    await takeImportPiece(person, first.id, 1, new Uint8Array(1_500_000 - 1_048_576))
    expect(await beginImport(person, file)).toMatchObject({ id: first.id, pieces: [1], status: 'uploading' })
    // Of the same name and size, but of another time.
    const newer = await beginImport(person, { ...file, lastModified: 1_700_000_000_000 })
    expect(newer).toMatchObject({ pieces: [] })
    await takeImportPiece(person, newer.id, 0, new Uint8Array(1_048_576))
    const again = await beginImport(person, { ...file, lastModified: 1_700_000_000_000 })
    expect(again).toMatchObject({ id: newer.id, pieces: [0] })
    const other = await beginImport(person, { ...file, size: 5 })
    expect(other).toMatchObject({ pieces: [] })
    await expect(importReport(person, first.id, { after: 0, onlySkipped: false })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('is one at a time, of a size that is allowed, and its pieces are of the size that they must have', async () => {
    const { id } = await beginImport(person, { fileName: 'x', size: 3 })
    for (const [index, size] of [
      [0, 2],
      [0, 4],
      [1, 3],
    ] as const) {
      await expect(takeImportPiece(person, id, index, new Uint8Array(size))).rejects.toMatchObject({
        code: 'invalid_request',
      })
    }
    expect(await takeImportPiece(person, id, 0, Buffer.from('[] '))).toMatchObject({ status: 'queued' })
    await expect(beginImport(person, { fileName: 'y', size: 3 })).rejects.toMatchObject({
      code: 'import_running',
    })
    await expect(beginImport(person, { fileName: 'y', size: 500 * 1_048_576 + 1 })).rejects.toMatchObject({
      code: 'body_too_large',
    })
  })

  it('is the person’s alone', async () => {
    const id = await sendFile(person, json([chatgpt('a')]))
    const other = await createPerson()
    const notFound = { code: 'not_found' }
    await expect(importReport(other, id, { after: 0, onlySkipped: false })).rejects.toMatchObject(notFound)
    await expect(takeImportPiece(other, id, 0, new Uint8Array(3))).rejects.toMatchObject(notFound)
    await expect(removeImport(other, id)).rejects.toMatchObject(notFound)
  })
})

test('a page of the report has what was skipped alone, when that is asked for', async () => {
  const { import: state } = await importFile(
    person,
    json([chatgpt('a'), claude('b', ''), { ...claude('c'), chat_messages: [] }]),
  )
  const report = await importReport(person, state.id, { after: 0, onlySkipped: true })
  expect(report.entries).toMatchObject([{ position: 3, outcome: 'empty' }])
  expect(report.nextAfter).toBeNull()
})

test('our own JSON is here already for whom it is from, deleted or not', async () => {
  const { conversationId } = await createTurn(person)
  const file = await new Response((await exportConversations(person, null, 'json')).content).text()
  expect((await importFile(person, file)).entries).toMatchObject([{ outcome: 'here', conversationId }])
  await db().conversation.update({ where: { id: conversationId }, data: { deletedAt: new Date() } })
  expect((await importFile(person, file)).entries).toMatchObject([{ outcome: 'in_trash', conversationId }])
})
