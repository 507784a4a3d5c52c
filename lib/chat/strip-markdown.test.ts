import { expect, it } from 'vitest'
import { stripMarkdown } from './strip-markdown.ts'

it.each([
  ['## A heading', 'A heading'],
  ['> - quoted item', 'quoted item'],
  ['**bold**, *italic*, ~~gone~~ and __strong__', 'bold, italic, gone and strong'],
  ['***both***', 'both'],
  ['use `a*b*c` here', 'use a*b*c here'],
  ['see [the page](https://example.com "Title") and ![a picture](x.png)', 'see the page and a picture'],
])('%j becomes %j', (line, words) => {
  expect(stripMarkdown(line)).toBe(words)
})

it.each([
  '2 * 3 * 4',
  'snake_case_name',
  '*args and **kwargs',
  '1. Weltkrieg',
  'C# or F#',
  '#hashtag',
  'a[0](1',
  '-1',
])('leaves %j as it is', (line) => {
  expect(stripMarkdown(line)).toBe(line)
})
