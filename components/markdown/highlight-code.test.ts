import { expect, it } from 'vitest'
import { highlightCode } from './highlight-code.ts'

function words(code: string, language: string) {
  return highlightCode(code, language).map(({ kind, start, end }) => `${kind}:${code.slice(start, end)}`)
}

it('names the kind of each word', () => {
  const found = words("const a = 'b' // c\nreturn 1", 'ts')
  expect(found).toEqual(['keyword:const', "string:'b'", 'comment:// c', 'keyword:return', 'number:1'])
})

it('keeps a nested word its own kind and the rest that of what holds it', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the code to colour.
  expect(words('`a ${1} b`', 'js')).toEqual(['string:`a ', 'string:${', 'number:1', 'string:}', 'string: b`'])
})

it('leaves a language that it does not know plain', () => {
  expect(highlightCode('a b', 'klingon')).toEqual([])
})
