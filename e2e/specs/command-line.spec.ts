import { stat } from 'node:fs/promises'
import path from 'node:path'
import { numberedAnswer, plainAnswer } from '../provider/answers.ts'
import { type CommandLine, startCommandLine } from '../support/command-line.ts'
import { uniqueWord } from '../support/conversation-page.ts'
import { RestClient } from '../support/rest-client.ts'
import { test as base, expect } from '../support/test.ts'

const test = base.extend<{ line: CommandLine }>({
  line: async ({ account, origin }, use) => {
    await using line = await startCommandLine(account, origin)
    await use(line)
  },
})

test('scripts ask, go on, and learn by the exit code what went wrong', async ({ line }) => {
  const question = `Is it sound? ${uniqueWord()}`
  const first = await line.run(['ask', question, '--json', '--persona', 'tutor'])
  expect(first).toMatchObject({ code: 0, err: '' })
  const answer = JSON.parse(first.out)
  expect(answer).toMatchObject({ response: plainAnswer(question), persona: 'tutor', usage: {}, sources: [] })
  const second = await line.run(['ask', '-', '--conversation', answer.conversationId], 'And then?\n')
  expect(second).toEqual({ code: 0, err: '', out: expect.stringContaining('And then?') })
  // Nothing for a terminal in what is piped on.
  expect(second.out).not.toContain('\u001b')
  expect((await line.run(['conversations'])).out).toContain(answer.conversationId)

  const refused = await line.run(['ask', 'Hello', '--persona', 'nobody'])
  expect(refused).toMatchObject({ code: 4, out: '', err: expect.stringContaining('nobody') })
  expect(await line.run(['ask', '[scenario:forbidden]'])).toMatchObject({ code: 6, out: '' })
  expect(await line.run(['ask', '[scenario:status code=429]'])).toMatchObject({ code: 5 })
  expect((await line.run(['ask', 'Words', 'without', 'quotes'])).out).toContain('Words without quotes')
  expect(await line.run(['ask', ' '])).toMatchObject({ code: 2, err: expect.stringContaining('empty') })
  expect(await line.run(['--version'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  })
  expect(await line.run(['sing'])).toMatchObject({ code: 2, err: expect.stringContaining('no command sing') })
  expect(await line.run([])).toMatchObject({ code: 2, err: expect.stringContaining('stoa ask') })
})

test('the token is kept for the person alone, and forgotten; what is wrong on the way is found', async ({
  line,
  account,
}) => {
  const file = path.join(line.folder, 'stoa/sign-in.json')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const well = await line.run(['doctor'])
  expect(well).toMatchObject({
    code: 0,
    out: expect.stringMatching(/✓ token .*\n✓ streams .*\n✓ host .*\n✓ cookies /),
  })
  const session = new RestClient(account.api)
  const { tokens } = await session.json<{ tokens: { id: string }[] }>('GET', '/tokens')
  await session.call('DELETE', `/tokens/${tokens[0]?.id}`)
  expect(await line.run(['ask', 'Hello'])).toMatchObject({
    code: 3,
    err: expect.stringContaining('not valid'),
  })
  expect(await line.run(['doctor'])).toMatchObject({ code: 1, out: expect.stringContaining('✗ token') })
  expect((await line.run(['logout'])).code).toBe(0)
  expect(await line.run(['ask', 'Hello'])).toMatchObject({
    code: 3,
    err: expect.stringContaining('stoa login'),
  })
  expect(await line.run(['login', 'localhost:3000'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('Run: stoa login http://localhost:3000'),
  })
  const nowhere = await line.run(['login', 'http://127.0.0.1:9'], 'stoa_x')
  expect(nowhere).toMatchObject({ code: 7, err: expect.stringContaining('cannot be reached') })
})

test('a person talks in a terminal: streamed answers, commands, several lines, Ctrl-C', async ({
  line,
  account,
}) => {
  const terminal = line.open()
  await terminal.see('stoic> ')
  const word = uniqueWord()
  terminal.type(`Hello ${word}\r`)
  await terminal.see(`You wrote Hello ${word}.`)
  await terminal.see('• It was received whole.')
  await terminal.see(/openai:scripted-main, [\d,]+ \+ \d+ tokens, \$/)
  await terminal.see('stoic> ')
  terminal.type('/persona tutor\r')
  await terminal.see('answers from now on')
  await terminal.see('> ')
  terminal.type('First line \\\r')
  terminal.type('second line\r')
  await terminal.see('tutor> ')
  terminal.type('/stats\r')
  await terminal.see(/Messages +4/)
  await terminal.see('% full')
  terminal.type('/title Courage in a terminal\r')
  await terminal.see('It is called')
  terminal.type('/nothing\r')
  await terminal.see('There is no command /nothing')
  for (const seen of [/Written: .*Courage-in-a-terminal\.md/, 'Name another: /export FILE']) {
    terminal.type('/export\r')
    await terminal.see(seen)
  }
  terminal.type('/persona\r')
  await terminal.see(/• tutor +Leads you/)

  terminal.type('[scenario:slow tokens=2000 delay=15]\r')
  await terminal.see(numberedAnswer(8))
  terminal.type('\u0003')
  await terminal.see('stopped, ')
  await terminal.see('tutor> ')
  terminal.type('/retry\r')
  await terminal.see(numberedAnswer(8))
  terminal.type('/stop\r')
  await terminal.see('stopped, ')
  terminal.type('/clear\r')
  await terminal.see('starts afresh')
  terminal.type('/new\r')
  await terminal.see('new conversation')
  terminal.type('/conversations\r')
  await terminal.see('1  Courage in a terminal')
  terminal.type('/open 1\r')
  await terminal.see('“Courage in a terminal”')
  await terminal.see('tutor> ')
  terminal.type('/new\r')
  // What was chosen was that conversation's.
  await terminal.see('stoic> ')
  terminal.type('\u0003')
  await terminal.see('Ctrl-C again leaves')
  terminal.type('\u0003')
  expect(await terminal.ended).toBe(0)
  const { conversations } = (await (await account.api.call('GET', '/api/conversations')).json()) as {
    conversations: { title: string; running: boolean }[]
  }
  expect(conversations).toMatchObject([{ title: 'Courage in a terminal', running: false }])
})

test('what is pasted is one message, in a narrow terminal and in wide characters; who leaves stops nothing', async ({
  line,
  account,
}) => {
  const terminal = line.open({ cols: 24 })
  await terminal.see('stoic> ')
  const pasted = [uniqueWord(), '漢字かな交じり文を貼り付ける 🏛️ 一行は端末より長い', 'the end']
  terminal.type(`\u001b[200~${pasted.join('\r')}\u001b[201~`)
  terminal.type('\r')
  await terminal.see(/You wrote .*漢字かな交じり文を貼り付ける 🏛️ 一行は端末より長い/s)
  await terminal.see('stoic> ')
  terminal.type('and \u001b[Donce\u001b[C more\u007f\u007f\r')
  await terminal.see('You wrote andonce mo.')
  await terminal.see('stoic> ')
  terminal.type('[scenario:slow tokens=2000 delay=15]\r')
  await terminal.see(numberedAnswer(8))
  terminal.type('\u0004')
  expect(await terminal.ended).toBe(0)

  const rest = new RestClient(account.api)
  const { conversations } = await rest.json<{ conversations: { id: string; running: boolean }[] }>(
    'GET',
    '/conversations',
  )
  expect(conversations).toMatchObject([{ running: true }])
  const { messages } = await rest.json<{ messages: { role: string; text: string }[] }>(
    'GET',
    `/conversations/${conversations[0]?.id}/messages`,
  )
  const asked = messages.filter(({ role }) => role === 'user').map(({ text }) => text)
  expect(asked.slice(0, 2)).toEqual([pasted.join('\n'), 'andonce  mo'])
  await rest.call('POST', `/conversations/${conversations[0]?.id}/stop`)
})

test('a script’s Ctrl-C stops the answer, a reader that leaves ends it quietly, an answer drives no terminal', async ({
  line,
  account,
}) => {
  const slow = '[scenario:slow tokens=2000 delay=15]'
  const terminal = line.open({ args: ['ask', slow], isOwnNode: true })
  await terminal.see(numberedAnswer(8))
  terminal.type('\u0003')
  await terminal.see('The answer was stopped')
  expect(await terminal.ended).toBe(130)
  expect(await line.runForHead(['ask', slow])).toEqual({ code: 0, err: '' })
  const hostile = 'clear \u001b[2J\u001b]0;title\u0007\u009b31m'
  const told = await line.run(['ask', hostile])
  expect(told).toMatchObject({ code: 0, out: expect.stringContaining('clear [2J]0;title31m') })
  const json = await line.run(['ask', hostile, '--json'])
  expect(JSON.parse(json.out)).toMatchObject({ response: plainAnswer(hostile) })
  expect(json.out).not.toContain('\u009b')
  const rest = new RestClient(account.api)
  const { conversations } = await rest.json<{ conversations: { id: string; running: boolean }[] }>(
    'GET',
    '/conversations',
  )
  const running = conversations.filter((each) => each.running)
  expect(running).toHaveLength(1)
  await rest.call('POST', `/conversations/${running[0]?.id}/stop`)
})
