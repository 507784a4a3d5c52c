import { expect, it } from 'vitest'
import { loggedPath } from './logged-path.ts'

it.each([
  ['/', '/'],
  ['/api/v1/conversations', '/api/v1/conversations'],
  [
    '/api/conversations/01936b2e-0000-7000-8000-000000000001/summaries/3/restore',
    '/api/conversations/01936b2e-0000-7000-8000-000000000001/summaries/3/restore',
  ],
  ['/personas/stoic', '/personas/stoic'],
  ['/invite/Zk3v9bW1nq7Yt5cR8sE2uI4oP6aD0fGhJkLmNbVcXz0', '/invite/…'],
  ['/reset/abcdefghijklmnopqrstuvwxyz', '/reset/…'],
  ['/my%20secret/What is courage/é', '/…/…/…'],
  ['/api/conversations?q=courage', '/api/conversations'],
])('%s is logged as %s', (path, logged) => expect(loggedPath(path)).toBe(logged))
