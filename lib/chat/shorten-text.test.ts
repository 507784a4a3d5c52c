import { describe, expect, it } from 'vitest'
import { shortenText } from './shorten-text.ts'

describe('shortenText', () => {
  it('leaves a text that fits', () => {
    expect(shortenText('exactly ten', 11)).toBe('exactly ten')
    expect(shortenText('😀😀😀', 3)).toBe('😀😀😀')
  })

  it('cuts between words', () => {
    expect(shortenText('the quick brown fox', 12)).toBe('the quick…')
    expect(shortenText('the quick, brown fox', 12)).toBe('the quick…')
  })

  it('keeps a word that ends where the limit is', () => {
    expect(shortenText('one two three four', 14)).toBe('one two three…')
  })

  it('cuts a word that is too long by itself', () => {
    expect(shortenText('a sesquipedalianism', 10)).toBe('a sesquip…')
    expect(shortenText('漢字仮名交じり文', 5)).toBe('漢字仮名…')
  })

  it('tears no emoji and no accent apart', () => {
    const family = '👩‍👩‍👧‍👦'
    expect(shortenText(family.repeat(3), 15)).toBe(`${family.repeat(2)}…`)
    expect(shortenText('e\u0301'.repeat(4), 6)).toBe(`${'e\u0301'.repeat(2)}…`)
  })

  it('cuts between code points when one character is longer than all there may be', () => {
    expect(shortenText(`😀${'\u0301'.repeat(99)}`, 4)).toBe('😀\u0301\u0301…')
  })
})
