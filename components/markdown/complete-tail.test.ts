import { expect, it } from 'vitest'
import { completeTail } from './complete-tail.ts'
import { lexMarkdown } from './lex-markdown.ts'

function tailOf(text: string) {
  const { blocks, links } = lexMarkdown(text)
  const last = blocks.at(-1)
  return last ? JSON.stringify(completeTail(last, links)) : ''
}

it.each([
  ['some **bol', '"type":"strong"'],
  ['some `cod', '"type":"codespan"'],
  ['some _ita', '"type":"em"'],
  ['- item **bol', '"type":"strong"'],
])('closes what is open in %j', (text, expected) => {
  expect(tailOf(text)).toContain(expected)
})

it.each(['a [link](https://exam', '![image](https://exam'])('does not show the half of %j', (text) => {
  expect(tailOf(text)).not.toContain('exam')
})

it('does not take a line of dashes that has only begun for a heading', () => {
  expect(tailOf('words\n-')).not.toContain('"heading"')
})

it.each(['```js\nlet a = `x', 'a > b and 20~25 <b', '- > 25'])('leaves %j as it is', (text) => {
  const { blocks } = lexMarkdown(text)
  expect(tailOf(text)).toBe(JSON.stringify(blocks))
})
