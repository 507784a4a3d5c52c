import { expect, it } from 'vitest'
import { selfTimes } from './self-times.ts'

it('adds up what each function took, by place, without the idle time', () => {
  const node = (id: number, functionName: string, url = '', lineNumber = 0) => ({
    id,
    callFrame: { functionName, url, lineNumber },
  })
  const nodes = [
    node(1, '(idle)'),
    node(2, 'parse', 'file:///a/lib/x.js', 9),
    node(3, 'parse', 'file:///a/lib/x.js', 9),
    node(4, '', 'file:///a/lib/y.js', 0),
  ]
  const profile = { nodes, samples: [1, 2, 3, 4, 2], timeDeltas: [9000, 1000, 2000, 1000, 4000] }
  expect(selfTimes(profile)).toEqual([
    { name: 'parse lib/x.js:10', milliseconds: 7, share: 7 / 8 },
    { name: '(anonymous) lib/y.js:1', milliseconds: 1, share: 1 / 8 },
  ])
})
