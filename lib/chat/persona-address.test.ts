import { expect, test } from 'vitest'
import { addressIntensity, addressPair, addressValue, pairPath, personaPath } from './persona-address.ts'

const library = { personas: [{ id: 'stoic' }, { id: 'casual' }], defaultPersona: 'stoic' }

test('of several values the first counts, and an intensity that there is not is none', () => {
  expect(addressValue({ a: ['x', 'y'] }, 'a')).toBe('x')
  expect(addressValue({}, 'a')).toBeNull()
  expect(addressIntensity({ intensity: 'high' }, 'intensity')).toBe('high')
  for (const intensity of ['HIGH', '', '__proto__', ['extreme']]) {
    expect(addressIntensity({ intensity }, 'intensity')).toBeNull()
  }
})

test('what an address does not name of a pair is the default persona and another one', () => {
  expect(addressPair({}, library)).toEqual({ a: 'stoic', b: 'casual', ia: null, ib: null })
  expect(addressPair({ a: 'casual' }, library)).toMatchObject({ a: 'casual', b: 'stoic' })
  expect(addressPair({ a: 'stoic', b: 'stoic', ib: 'low' }, library)).toMatchObject({ b: 'stoic', ib: 'low' })
  expect(addressPair({}, { personas: [{ id: 'only' }], defaultPersona: 'only' })).toMatchObject({ b: 'only' })
})

test('addresses lead back to what they were made of', () => {
  expect(personaPath('stoic')).toBe('/personas/stoic')
  expect(personaPath('a b', { intensity: 'low', view: 'fragments' })).toBe(
    '/personas/a%20b?intensity=low&view=fragments',
  )
  const pair = { a: 'stoic', b: 'casual', ia: null, ib: 'high' } as const
  const { searchParams } = new URL(pairPath('compare', pair), 'http://localhost')
  expect(addressPair(Object.fromEntries(searchParams), library)).toEqual(pair)
})
