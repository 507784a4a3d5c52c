import { describe, expect, it } from 'vitest'
import { cleanText, createTextCleaner } from './clean-text.ts'

const HIGH = '\ud83d'
const LOW = '\ude00'

describe('cleanText', () => {
  it.each([
    ['', ''],
    ['plain\ttext\r\n', 'plain\ttext\r\n'],
    ['👩‍👩‍👧‍👦 語', '👩‍👩‍👧‍👦 語'],
    ['a\0b', 'ab'],
    [`a${HIGH}b`, 'ab'],
    [`a${LOW}b`, 'ab'],
    [`${HIGH}${HIGH}${LOW}${LOW}`, '😀'],
    [`${LOW}${HIGH}`, ''],
    // Joining the halves would make a character that was never written.
    [`${HIGH}\0${LOW}`, ''],
  ])('%j becomes %j', (text, clean) => {
    expect(cleanText(text)).toBe(clean)
  })
})

describe('createTextCleaner', () => {
  it('holds half a pair back until its other half is there', () => {
    const cleaner = createTextCleaner()
    expect(cleaner.push(`a${HIGH}`)).toBe('a')
    expect(cleaner.push('')).toBe('')
    expect(cleaner.push(`${LOW}b`)).toBe('😀b')
    expect(cleaner.push(HIGH)).toBe('')
    expect(cleaner.end()).toBe('')
  })

  const texts = allTexts(['a', '\0', HIGH, LOW], 5)

  it('gives, however the text is split, what cleanText gives for the whole', () => {
    for (const text of texts) {
      for (const deltas of allSplits(text)) {
        const cleaner = createTextCleaner()
        const pieces = deltas.map((delta) => cleaner.push(delta))
        expect([deltas, [...pieces, cleaner.end()].join('')]).toEqual([deltas, cleanText(text)])
      }
    }
  })

  it('never lets a NUL or half a pair through', () => {
    for (const text of texts) {
      for (const deltas of allSplits(text)) {
        const cleaner = createTextCleaner()
        for (const piece of [...deltas.map((delta) => cleaner.push(delta)), cleaner.end()]) {
          expect([deltas, piece.isWellFormed() && !piece.includes('\0')]).toEqual([deltas, true])
        }
      }
    }
  })
})

/** Every text of up to `length` of the given units. */
function allTexts(units: string[], length: number): string[] {
  if (length === 0) return ['']
  const shorter = allTexts(units, length - 1)
  const longest = shorter.filter((text) => text.length === length - 1)
  return [...shorter, ...longest.flatMap((text) => units.map((unit) => text + unit))]
}

/** Every way of cutting a text into deltas. */
function allSplits(text: string): string[][] {
  const splits: string[][] = [[text]]
  for (let cut = 1; cut < text.length; cut++) {
    for (const rest of allSplits(text.slice(cut))) splits.push([text.slice(0, cut), ...rest])
  }
  return splits
}
