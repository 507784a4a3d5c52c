import { expect, it } from 'vitest'
import { safeHref } from './safe-href.ts'

it.each(['https://example.org/a?b=c#d', 'http://10.0.0.7/', 'mailto:a@example.org'])('follows %s', (href) => {
  expect(safeHref(href)).toBe(href)
})

it.each([
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'blob:https://example.org/1',
  'file:///etc/passwd',
  '/api/auth/signout',
  '//example.org',
  '#here',
  'streamdown:incomplete-image',
  '',
])('does not follow %j', (href) => {
  expect(safeHref(href)).toBeNull()
})
