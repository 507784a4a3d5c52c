import { describe, expect, it } from 'vitest'
import { isSendKey } from './is-send-key.ts'

const plain = { key: 'Enter', shiftKey: false, ctrlKey: false, metaKey: false, keyCode: 13 }
const enter = { ...plain, nativeEvent: { isComposing: false } }

describe('isSendKey', () => {
  it.each([
    ['Enter', enter, true, false],
    ['Ctrl+Enter', { ...enter, ctrlKey: true }, true, true],
    ['⌘+Enter', { ...enter, metaKey: true }, true, true],
    ['Shift+Enter', { ...enter, shiftKey: true }, false, false],
    ['Ctrl+Shift+Enter', { ...enter, ctrlKey: true, shiftKey: true }, false, false],
    ['another key', { ...enter, key: 'a', ctrlKey: true }, false, false],
    ['Enter of an input method', { ...enter, nativeEvent: { isComposing: true } }, false, false],
    ['Enter of an input method in Safari', { ...enter, keyCode: 229, ctrlKey: true }, false, false],
  ])('judges %s by what the person has chosen', (_, event, whenEnterSends, whenItDoesNot) => {
    expect(isSendKey(event, true)).toBe(whenEnterSends)
    expect(isSendKey(event, false)).toBe(whenItDoesNot)
  })
})
