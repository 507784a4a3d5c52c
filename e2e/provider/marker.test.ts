import { describe, expect, it } from 'vitest'
import { findMarker, parseMarker, withoutMarkers } from './marker.ts'

describe('findMarker', () => {
  it('reads the name and the parameters', () => {
    const marker = findMarker('scenario', 'Hello [scenario:error-event tokens=7 retry-after=0.5] there')
    expect(marker?.name).toBe('error-event')
    expect(marker?.parameters.number('tokens', 1)).toBe(7)
    expect(marker?.parameters.number('retry-after', 1)).toBe(0.5)
    expect(marker?.parameters.number('delay', 3)).toBe(3)
  })

  it('takes the last marker of its kind', () => {
    const text = '[scenario:slow] [title:fail] [scenario:plain]'
    expect(findMarker('scenario', text)?.name).toBe('plain')
    expect(findMarker('title', text)?.name).toBe('fail')
  })

  it('finds none in ordinary text', () => {
    expect(findMarker('scenario', 'a [scenario] of [scenario:] things')).toBeUndefined()
  })
})

it('a parameter that is no number throws', () => {
  expect(() => parseMarker('slow tokens=many').parameters.number('tokens', 1)).toThrow('tokens=many')
})

it('withoutMarkers leaves the words', () => {
  expect(withoutMarkers('Hello [scenario:slow tokens=3]\n you [title:fail]')).toBe('Hello you')
})
