import { describe, expect, it } from 'vitest'
import { parseName } from './parse-name.ts'

describe('parseName', () => {
  it('keeps one clean line', () => {
    expect(parseName('  Ada\n Lovelace\t')).toBe('Ada Lovelace')
    expect(parseName('Zeno\0of Citium')).toBe('Zeno of Citium')
    expect(parseName('Zoe\u0308')).toBe('Zo\u00eb')
    expect(parseName('X\ud800')).toBe('X\ufffd')
  })

  it('wants 1 to 80 characters', () => {
    expect(parseName(' \n ')).toBeNull()
    expect(parseName('🏛'.repeat(80))).toBe('🏛'.repeat(80))
    expect(parseName('🏛'.repeat(81))).toBeNull()
  })
})
