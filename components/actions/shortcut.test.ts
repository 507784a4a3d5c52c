import { describe, expect, it } from 'vitest'
import { isPressed, type PressedKey, shortcutKeys } from './shortcut.ts'

function press(key: string, held: Partial<PressedKey> = {}): PressedKey {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }
}

const palette = { key: 'k', modifier: 'mod' } as const
const walk = { key: 'ArrowUp', modifier: 'alt' } as const

describe('a shortcut with a modifier', () => {
  it('is Ctrl, and ⌘ on a Mac', () => {
    expect(isPressed(palette, press('k', { ctrlKey: true }), false)).toBe(true)
    expect(isPressed(palette, press('k', { metaKey: true }), true)).toBe(true)
    expect(
      isPressed(palette, press('k', { ctrlKey: true }), true),
      'which deletes to the end of the line',
    ).toBe(false)
    expect(isPressed(palette, press('k', { metaKey: true }), false)).toBe(false)
  })

  it('is held with no other modifier', () => {
    for (const held of ['altKey', 'metaKey'] as const) {
      expect(isPressed(palette, press('k', { ctrlKey: true, [held]: true }), false)).toBe(false)
    }
    expect(isPressed(palette, press('K', { ctrlKey: true, shiftKey: true }), false)).toBe(false)
    expect(isPressed(palette, press('K', { ctrlKey: true }), false), 'with Caps Lock').toBe(true)
    expect(isPressed(walk, press('ArrowUp', { altKey: true }), false)).toBe(true)
    expect(isPressed(walk, press('ArrowUp', { altKey: true, shiftKey: true }), false)).toBe(false)
    expect(isPressed(walk, press('ArrowUp'), false)).toBe(false)
  })
})

describe('a key alone', () => {
  it('is the character, however it is typed', () => {
    expect(isPressed({ key: '?' }, press('?', { shiftKey: true }), false)).toBe(true)
    expect(isPressed({ key: '/' }, press('/', { shiftKey: true }), false), 'on a German keyboard').toBe(true)
    expect(isPressed({ key: '/' }, press('/'), false)).toBe(true)
  })

  it('is not held with a modifier, nor written large', () => {
    for (const held of ['ctrlKey', 'metaKey', 'altKey'] as const) {
      expect(isPressed({ key: 'j' }, press('j', { [held]: true }), false)).toBe(false)
    }
    expect(isPressed({ key: 'j' }, press('J', { shiftKey: true }), false)).toBe(false)
  })
})

it('is written as on the keyboard', () => {
  expect(shortcutKeys(palette, false)).toEqual(['Ctrl', 'K'])
  expect(shortcutKeys(palette, true)).toEqual(['⌘', 'K'])
  expect(shortcutKeys(walk, true)).toEqual(['⌥', '↑'])
  expect(shortcutKeys({ key: 'j' }, false)).toEqual(['J'])
})
