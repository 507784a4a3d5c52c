import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ConversationTooLarge, growTurns, leafUnder, type SourceNode } from './grow-turns.ts'

type Said = 'user' | 'assistant' | null

function node(id: string, parentId: string | null, role: Said): SourceNode {
  return { id, parentId, content: role && { role, text: `text ${id}`, createdAt: null, model: 'm' } }
}

const tree = fc
  .array(
    fc.record({ back: fc.nat(20), role: fc.constantFrom<Said>('user', 'assistant', 'assistant', null) }),
    { minLength: 1, maxLength: 40 },
  )
  .map((given) =>
    given.map(({ back, role }, index) =>
      node(`n${index}`, index === 0 ? null : `n${Math.max(0, index - 1 - (back % 4))}`, role),
    ),
  )

test('question and answer take turns, nothing that was said is lost, and nobody comes before whom they follow', () => {
  fc.assert(
    fc.property(tree, (nodes) => {
      const { turns, turnOf, detached } = growTurns(nodes)
      expect(detached).toBe(0)
      const seen = new Map<string, string>()
      for (const { id, parentId, role } of turns) {
        if (parentId !== null) expect(seen.get(parentId)).not.toBe(role)
        if (parentId !== null) expect(seen.has(parentId)).toBe(true)
        expect(seen.has(id)).toBe(false)
        seen.set(id, role)
      }
      const whole = turns.map(({ text }) => text).join('\n')
      for (const { id, content } of nodes) {
        if (!content) continue
        expect(`${whole}\n`).toMatch(new RegExp(`${content.text}\\n`))
        expect(turns.find((turn) => turn.id === turnOf(id))?.text).toContain(content.text)
      }
    }),
  )
})

test('an answer in several parts is one, and a branch within it has the whole of each', () => {
  const { turns, turnOf } = growTurns([
    node('root', null, null),
    node('q', 'root', 'user'),
    node('a1', 'q', 'assistant'),
    node('tool', 'a1', null),
    node('a2', 'tool', 'assistant'),
    node('a3', 'tool', 'assistant'),
    node('q2', 'a2', 'user'),
  ])
  expect(turns).toMatchObject([
    { id: 'q', parentId: null },
    { id: 'a2', parentId: 'q', text: 'text a1\n\ntext a2' },
    { id: 'q2', parentId: 'a2' },
    { id: 'a3', parentId: 'q', text: 'text a1\n\ntext a3' },
  ])
  expect(['root', 'a1', 'tool', 'q2'].map(turnOf)).toEqual(['q', 'a3', 'a3', 'q2'])
  expect([leafUnder(turns, 'a2'), leafUnder(turns, 'q'), leafUnder([], null)]).toEqual(['q2', 'a3', null])
})

test('what hangs on nothing begins the conversation, what hangs on itself or has the id of another is counted', () => {
  const loop = [node('x', 'y', 'user'), node('y', 'x', 'assistant')]
  const twice = [node('q', 'gone', 'user'), node('q', 'gone', 'user')]
  const { turns, detached } = growTurns([...twice, ...loop])
  expect(turns).toMatchObject([{ id: 'q', parentId: null }])
  expect(detached).toBe(3)
})

test('a conversation may be longer than the stack is deep', () => {
  const nodes = Array.from({ length: 50_000 }, (_, index) =>
    node(`n${index}`, index === 0 ? null : `n${index - 1}`, index % 2 === 0 ? 'user' : 'assistant'),
  )
  expect(growTurns(nodes).turns).toHaveLength(50_000)
})

test('branches that would repeat far more than was said are refused, a few of a long answer are not', () => {
  const long = (id: string, parentId: string): SourceNode => ({
    ...{ id, parentId },
    content: { role: 'assistant', text: 'x'.repeat(200_000), createdAt: null, model: 'm' },
  })
  const branches = (count: number) =>
    Array.from({ length: count }, (_, index) => node(`b${index}`, 'a', 'assistant'))
  const begun = [node('q', null, 'user'), long('a', 'q')]
  expect(growTurns([...begun, ...branches(4)]).turns).toHaveLength(5)
  expect(() => growTurns([...begun, ...branches(2_000)])).toThrow(ConversationTooLarge)
  // Each part of an answer is asked about: what stands before it comes again each time.
  const chain = Array.from({ length: 2_000 }, (_, index) => [
    { ...long(`a${index}`, index === 0 ? 'q' : `a${index - 1}`) },
    node(`q${index}`, `a${index}`, 'user'),
  ])
  expect(() => growTurns([node('q', null, 'user'), ...chain.flat()])).toThrow(ConversationTooLarge)
})

test('more turns than can be stored at once are refused', () => {
  const nodes = Array.from({ length: 100_001 }, (_, index) => node(`n${index}`, null, 'user'))
  expect(growTurns(nodes.slice(1)).turns.length).toBe(100_000)
  expect(() => growTurns(nodes)).toThrow(ConversationTooLarge)
})
