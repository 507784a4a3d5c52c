import { expect, it, vi } from 'vitest'
import { createCell } from './cell.ts'
import { type CommandPage, runCommand } from './run-command.ts'
import { sendFirst, setUp, unreachable } from './testing/conversation-set-up.ts'
import { answer, question, ScriptedStream, stored } from './testing/scripted-api.ts'

const personas = [
  { id: 'stoic', label: 'Stoic', description: '', intensity: 'medium' as const, starters: [] },
  { id: 'tutor', label: 'Tutor', description: '', intensity: 'low' as const, starters: [] },
]
const label = (model: string) => ({ provider: 'openai', model, isAiModel: true })

function page(seed: ReturnType<typeof stored> | null = stored(question('q1'), answer('a1', 'q1'))) {
  const set = setUp(seed)
  if (seed) set.store.open(true)
  set.api.changeReplies = [stored().conversation]
  const announce = vi.fn()
  const rename = vi.fn(async () => {})
  const surroundings: CommandPage = {
    client: {
      api: set.api,
      announce,
      conversations: { beginIn: vi.fn() },
      overlay: createCell<'palette' | 'help' | null>(null),
      personas,
      models: [label('usual'), label('big-1'), label('big-2')],
      rename,
    },
    ...{ store: set.store, goTo: vi.fn(), openTab: vi.fn(), save: vi.fn() },
  }
  return {
    ...set,
    ...surroundings,
    announce,
    rename,
    run: (...command: [CommandName, string?]) => runCommand(surroundings, command[0], command[1] ?? ''),
  }
}

type CommandName = Parameters<typeof runCommand>[1]
const done = { kind: 'done' }
const keptBecause = (why: string) => ({ kind: 'kept', why: expect.stringContaining(why) })

it.each([
  ['persona', 'TUT', { persona: 'tutor' }, 'Tutor answers from here.'],
  ['intensity', 'high', { intensity: 'high' }, 'High intensity from here.'],
  ['model', 'big-2', { model: 'openai:big-2' }, 'big-2 answers from here.'],
] as const)('/%s %s chooses and says so', async (name, argument, state, said) => {
  const { run, store, announce } = page()
  expect(await run(name, argument)).toEqual(done)
  expect(store.state.get()).toMatchObject(state)
  expect(announce).toHaveBeenCalledExactlyOnceWith(said)
})

it('leaves to the persona and to the server what is their own', async () => {
  const { run, store } = page()
  await run('intensity', 'medium')
  await run('model', 'usual')
  expect(store.state.get()).toMatchObject({ intensity: null, model: null })
})

it.each([
  ['persona', 'nobody', 'Choose Stoic or Tutor.'],
  ['intensity', 'extreme', 'Choose Low, Medium or High.'],
  ['model', 'big', 'usual, big-1 or big-2'],
] as const)('/%s %s names none, or more than one', async (name, argument, why) => {
  const { run, announce } = page()
  expect(await run(name, argument)).toEqual(keptBecause(why))
  expect(announce).not.toHaveBeenCalled()
})

it('announces nothing that the server refused', async () => {
  const { run, api, rename, announce, store } = page()
  api.changeReplies = [unreachable]
  expect(await run('persona', 'tutor')).toEqual({ kind: 'kept', why: null })
  expect(store.state.get()).toMatchObject({ persona: 'stoic', notice: unreachable })
  rename.mockRejectedValue(unreachable)
  expect(await run('title', 'Another')).toEqual(keptBecause('cannot be reached'))
  vi.spyOn(api, 'export').mockRejectedValue(unreachable)
  expect(await run('export')).toEqual(keptBecause('cannot be reached'))
  expect(announce).not.toHaveBeenCalled()
})

it('/title renames, within its limit and on one line', async () => {
  const { run, rename } = page()
  expect(await run('title', 'On\n courage')).toEqual(done)
  expect(rename).toHaveBeenCalledExactlyOnceWith('c1', 'On courage')
  expect(await run('title', 'x'.repeat(201))).toEqual(keptBecause('200 characters'))
  expect(rename).toHaveBeenCalledTimes(1)
})

it('opens what is shown above the conversation', async () => {
  const { run, client, store, goTo } = page()
  for (const name of ['stats', 'summary'] as const) {
    expect(await run(name)).toEqual(done)
    expect(store.dialog.get()).toBe(name)
  }
  await run('help')
  expect(client.overlay.get()).toBe('help')
  await run('new')
  expect(client.conversations.beginIn).toHaveBeenCalledExactlyOnceWith(null)
  expect(goTo).toHaveBeenCalledExactlyOnceWith('/')
})

it('hands a file to the browser', async () => {
  const { run, api, save, goTo, openTab } = page()
  await run('export')
  await run('export', 'JSON')
  expect(api.treeCalls).toEqual(['export markdown', 'export json'])
  expect(save).toHaveBeenCalledTimes(2)
  expect(await run('export', 'exe')).toEqual(keptBecause('markdown, json or pdf'))
  expect(await run('export', 'pdf')).toEqual(done)
  expect(openTab).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^\/chat\/.+\/print$/))
  expect(goTo).not.toHaveBeenCalled()
})

it('asks again and stops only where that has a meaning', async () => {
  const { run, store, api } = page()
  expect(await run('stop')).toEqual(keptBecause('No answer is being written'))
  api.sendReplies = [new ScriptedStream()]
  expect(await run('retry')).toEqual(done)
  expect(store.state.get().phase).toBe('sending')
  expect(await run('retry')).toEqual(keptBecause('being written'))
  expect(await run('clear')).toEqual(keptBecause('being written'))
  expect(await run('stop')).toEqual(done)
  expect(store.state.get().phase).toBe('stopping')
})

it('says what wants a conversation that has begun', async () => {
  const set = page(null)
  for (const name of ['stats', 'summary', 'title', 'export'] as const) {
    expect(await set.run(name, name === 'title' ? 'A title' : '')).toEqual(keptBecause('has not begun'))
  }
  expect(await set.run('retry')).toEqual(keptBecause('no answer'))
  expect(await set.run('persona', 'tutor')).toEqual(done)
  await sendFirst(set)
  expect(set.api.sent[0]).toMatchObject({ persona: 'tutor' })
})
