import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commands, findOption, parseInput, sentText, suggest, typedText } from './commands.ts'

const personas = [
  { value: 'stoic', label: 'Stoic' },
  { value: 'tutor', label: 'Tutor' },
  { value: 'story', label: 'Teller of stories' },
]

describe('what was typed', () => {
  test.each([
    ...[
      'Hello',
      'and/or',
      'a /help in the middle',
      'Hello\n/help',
      '/ 2',
      '/2 cups',
      '/* a comment */',
      '/// doc',
    ],
    ...['// a comment', '/ˈstəʊə/'],
  ])('%j is a message as it stands', (text) => {
    expect(parseInput(text)).toEqual({ kind: 'message', text })
  })

  test.each([
    ['//etc/passwd is a file', '/etc/passwd is a file'],
    ['//help', '/help'],
    ['///help', '//help'],
    ['//', '/'],
  ])('%j is the message %j', (typed, text) => {
    expect(parseInput(typed)).toEqual({ kind: 'message', text })
  })

  test.each([
    ['/help', 'help', ''],
    [' /HELP ', 'help', ''],
    ['/persona  Teller of stories', 'persona', 'Teller of stories'],
    ['/title A title\nin lines', 'title', 'A title\nin lines'],
    ['/export', 'export', ''],
    ['/export json', 'export', 'json'],
  ])('%j is a command', (typed, name, argument) => {
    expect(parseInput(typed)).toEqual({ kind: 'command', name, argument })
  })

  test.each([
    ['/', 'Name a command'],
    ['/nothing', 'There is no command /nothing.'],
    ['/etc/passwd is a file of users', 'begin it with two slashes: //etc/passwd is a file of…'],
    ['/help me with this', '/help stands alone. To send it as a message'],
    ['/persona', 'Say which name, as /persona tutor.'],
    ['/title ', 'Say which text'],
  ])('%j is neither, and why', (typed, why) => {
    expect(parseInput(typed)).toEqual({ kind: 'refused', why: expect.stringContaining(why) })
  })

  test('every message can be typed, and none is lost', () => {
    const message = fc.oneof(
      fc.string({ unit: fc.constantFrom('/', 'a', ' ', '\n', '1', 'é') }),
      fc.constantFrom(...commands.map(({ name }) => `/${name}`)),
    )
    fc.assert(
      fc.property(message, (text) => {
        expect(sentText(typedText(text))).toBe(text)
        const trimmed = text.trim()
        expect(parseInput(typedText(trimmed))).toEqual({ kind: 'message', text: trimmed })
      }),
    )
  })
})

describe('the list', () => {
  const labels = (typed: string, options = {}) => suggest(typed, options).map(({ label }) => label)

  test('opens with a slash and is filtered as one types', () => {
    expect(labels('/')).toEqual(commands.map(({ name }) => `/${name}`))
    expect(labels('/S')).toEqual(['/stats', '/summary', '/stop', '/share'])
    expect(labels('/st')).toEqual(['/stats', '/stop'])
    expect(labels('/nothing')).toEqual([])
  })

  test.each(['', 'Hello', 'a /', '//', '/etc/passwd', '/st\n', '/2'])('stays closed for %j', (typed) => {
    expect(labels(typed)).toEqual([])
  })

  test('completes what can follow', () => {
    const options = { persona: personas }
    expect(labels('/persona ', options)).toEqual(['Stoic', 'Tutor', 'Teller of stories'])
    expect(labels('/persona sto', options), 'what begins with it first').toEqual([
      'Stoic',
      'Teller of stories',
    ])
    expect(suggest('/persona tut', options)).toMatchObject([{ completed: '/persona tutor', isWhole: true }])
    expect([labels('/title A', options), labels('/help ', options), labels('/x y', options)]).toEqual([
      [],
      [],
      [],
    ])
  })

  test('says what is whole and what wants more', () => {
    expect(suggest('/he', {})).toMatchObject([{ completed: '/help', isWhole: true, argument: null }])
    expect(suggest('/ti', {})).toMatchObject([{ completed: '/title ', isWhole: false, argument: 'text' }])
  })
})

test.each([
  ['tutor', 'tutor'],
  ['TUTOR', 'tutor'],
  ['Tu', 'tutor'],
  ['stories', 'story'],
  ['sto', null],
  ['t', null],
  ['nobody', null],
  [' ', null],
])('%j names %j', (argument, value) => {
  expect(findOption(argument, personas)?.value ?? null).toBe(value)
})
