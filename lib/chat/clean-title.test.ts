import { expect, it } from 'vitest'
import { cleanTitle } from './clean-title.ts'

it.each([
  ['Choosing a database', 'Choosing a database'],
  ['  spaced \t out\u00a0words ', 'spaced out words'],
  // Quotation marks of all scripts, around the whole only.
  ['"Plain quotes"', 'Plain quotes'],
  ["'Don't panic'", "Don't panic"],
  ['“Curly quotes”', 'Curly quotes'],
  ['„Deutsche Zitate“', 'Deutsche Zitate'],
  ['« Citations françaises »', 'Citations françaises'],
  ['»Deutsche Bücher«', 'Deutsche Bücher'],
  ['「データベースの選び方」', 'データベースの選び方'],
  ['『引用』', '引用'],
  ['`const` and more', 'const and more'],
  ['`In code`', 'In code'],
  ['“”', null],
  ['"Yes" and "No"', '"Yes" and "No"'],
  ['“A” or “B”', '“A” or “B”'],
  // Stops at the end; a question stays a question.
  ['A sentence.', 'A sentence'],
  ['题目。', '题目'],
  ['Wait...', 'Wait'],
  ['A colon:', 'A colon'],
  ['Is it a question?', 'Is it a question?'],
  ['It is!', 'It is!'],
  ['Node.js.', 'Node.js'],
  // Markdown, a prefix, and one inside the other.
  ['# A heading', 'A heading'],
  ['**Bold title**', 'Bold title'],
  ['*Slanted* and _also_', 'Slanted and also'],
  ['Title: The thing', 'The thing'],
  ['**Title:** «Words here.»', 'Words here'],
  ['Titel: Über uns', 'Über uns'],
  ['标题：数据库', '数据库'],
  ['Title: why titles matter', 'why titles matter'],
  ['1. Weltkrieg', '1. Weltkrieg'],
  // Lines: the first that is one.
  ['\n\r\n  \nThe title\nAn explanation', 'The title'],
  ['Here is a title for you:\n\n"The title"', 'The title'],
  ['```\nThe title\n```', 'The title'],
  ['---\nThe title', 'The title'],
  // Thinking.
  ['<think>First a plan.\nThen more.</think>\n\nThe title', 'The title'],
  ['<think>one</think><THINKING>two</THINKING>The title', 'The title'],
  ['<think>a <think>b</think> c</think>The title', 'The title'],
  ['its end alone</think>The title', 'The title'],
  ['<think>It never ends\nThe title', null],
  ['The title <think>afterthought</think>', 'The title'],
  ['How the <think> tag works', 'How the <think> tag works'],
  // What the database refuses, and control characters.
  ['a\0b\ud800c\udc00', 'abc'],
  ['a\u001b[31mb', 'a [31mb'],
  // Nothing left.
  ['', null],
  [' \n ', null],
  ['...', null],
  ['"', null],
  ['***', null],
  ['Title:', null],
  ['🎉', null],
])('%j becomes %j', (raw, title) => {
  expect(cleanTitle(raw)).toBe(title)
})

it('cuts more than 80 characters between words', () => {
  const title = cleanTitle('seven letters '.repeat(20))
  expect(title).toBe(`${'seven letters '.repeat(5)}seven…`)
  expect([...(title ?? '')].length).toBeLessThanOrEqual(80)
})

it('cuts text without blanks between characters, never inside one', () => {
  expect(cleanTitle('漢'.repeat(200))).toBe(`${'漢'.repeat(79)}…`)
  expect(cleanTitle(`a${'😀'.repeat(2000)}`)).toBe(`a${'😀'.repeat(78)}…`)
})

it.each([
  ['openings of thinking', '<think>'.repeat(15_000)],
  ['asterisks', '*a '.repeat(30_000)],
  ['brackets', '['.repeat(100_000)],
  ['colons', `${':'.repeat(100_000)}a\nb`],
  ['quotation marks', '"'.repeat(100_000)],
])('takes no seconds for many %s', (_name, raw) => {
  const start = performance.now()
  cleanTitle(raw)
  expect(performance.now() - start).toBeLessThan(500)
})
