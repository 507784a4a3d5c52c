import { expect, it } from 'vitest'
import { keyboardInset } from './keyboard-inset.ts'

it('is what Safari lays over the page', () => {
  expect(keyboardInset({ innerHeight: 844, height: 508.4, scale: 1 })).toBe(336)
})

it('is nothing where the page has shrunk, where a bar went, and where somebody has zoomed', () => {
  expect(keyboardInset({ innerHeight: 508, height: 508, scale: 1 })).toBe(0)
  expect(keyboardInset({ innerHeight: 844, height: 790, scale: 1 })).toBe(0)
  expect(keyboardInset({ innerHeight: 844, height: 422, scale: 2 })).toBe(0)
})
