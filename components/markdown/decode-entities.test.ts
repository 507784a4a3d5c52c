import { expect, it } from 'vitest'
import { decodeEntities } from './decode-entities.ts'

it.each([
  ['a &amp; b &lt;i&gt; &copy; &#169; &#xA9;', 'a & b <i> © © ©'],
  ['&unknown; & &amp', '&unknown; & &amp'],
  ['&amp;lt;', '&lt;'],
  ['&#0; &#xD800; &#9999999;', '\u{fffd} \u{fffd} \u{fffd}'],
])('%j', (text, decoded) => {
  expect(decodeEntities(text)).toBe(decoded)
})
