/** A node of another service's tree. */
export interface SourceNode {
  id: string
  parentId: string | null
  /** NULL: nothing of it comes along; what follows it follows what stands before it. */
  content: { role: 'user' | 'assistant'; text: string; createdAt: string | null; model: string } | null
}

export interface GrownTurn {
  id: string
  parentId: string | null
  role: 'user' | 'assistant'
  text: string
  createdAt: string | null
  model: string
}

interface Run extends GrownTurn {
  isWritten: boolean
}

/** A branch within an answer repeats what stands before it: all turns together may say twice what was said, and this much more. */
const MOST_REPEATED = 500_000
/** Each of them becomes rows, however short it is. */
const MOST_TURNS = 100_000

/** Thrown for a conversation that would become far more than was in its file, or more than can be stored at once. */
export class ConversationTooLarge extends Error {
  override readonly name = 'ConversationTooLarge'
}

/**
 * Makes a tree in which question and answer take turns of one that has more in it: other services write an answer in
 * several messages with tools between them. What one side said in a row becomes one message, under the id of its last
 * part; where it branches within, each branch has the whole of it.
 *
 * @returns the turns, each after the one that it follows; which turn each node came to (NULL: none); and how many nodes
 *   hang on nothing
 * @throws ConversationTooLarge
 */
export function growTurns(given: readonly SourceNode[]): {
  turns: GrownTurn[]
  turnOf: (nodeId: string) => string | null
  detached: number
} {
  const known = new Map(given.map((node) => [node.id, node]))
  const nodes = [...known.values()]
  const children = new Map<string | null, SourceNode[]>()
  for (const node of nodes) {
    const parent = node.parentId !== null && known.has(node.parentId) ? node.parentId : null
    const siblings = children.get(parent)
    if (siblings) siblings.push(node)
    else children.set(parent, [node])
  }
  const turns: GrownTurn[] = []
  let room = MOST_REPEATED + 2 * nodes.reduce((sum, { content }) => sum + (content?.text.length ?? 0), 0)
  const write = (run: Run): string => {
    const { isWritten, ...turn } = run
    if (isWritten) return run.id
    room -= turn.text.length
    if (room < 0 || turns.length === MOST_TURNS) throw new ConversationTooLarge()
    turns.push(turn)
    run.isWritten = true
    return run.id
  }
  const runs = new Map<string, Run | null>()
  // By hand, since a conversation can be longer than the stack is deep.
  const open = (children.get(null) ?? []).toReversed().map((node) => ({ node, before: null as Run | null }))
  for (let step = open.pop(); step; step = open.pop()) {
    const { node, before } = step
    const run = goOn(before, node, write)
    runs.set(node.id, run)
    const next = children.get(node.id) ?? []
    if (next.length === 0 && run) write(run)
    for (const child of next.toReversed()) open.push({ node: child, before: run })
  }
  return { turns, turnOf: turnFinder(turns, runs, children), detached: given.length - runs.size }
}

/** What stands at a node: the turn before goes on, or is over and another begins. */
function goOn(before: Run | null, { id, content }: SourceNode, write: (run: Run) => string): Run | null {
  if (!content) return before
  if (before?.role !== content.role) {
    return { ...content, id, parentId: before && write(before), isWritten: false }
  }
  return {
    ...{ ...content, id, parentId: before.parentId, isWritten: false },
    text: `${before.text}\n\n${content.text}`,
    createdAt: before.createdAt ?? content.createdAt,
  }
}

/** A node within a turn leads to the turn that it, or the newest of what follows it, became. */
function turnFinder(
  turns: readonly GrownTurn[],
  runs: ReadonlyMap<string, Run | null>,
  children: ReadonlyMap<string | null, SourceNode[]>,
): (nodeId: string) => string | null {
  const written = new Set(turns.map(({ id }) => id))
  return (nodeId) => {
    for (let at: string | undefined = nodeId; at !== undefined; at = children.get(at)?.at(-1)?.id) {
      const run = runs.get(at)
      if (run && written.has(run.id)) return run.id
    }
    return null
  }
}

/** The end of the branch that a turn lies on: the turn itself, or what came of it last. */
export function leafUnder(turns: readonly GrownTurn[], turnId: string | null): string | null {
  const newest = new Map(turns.map(({ id, parentId }) => [parentId, id]))
  let leaf = turnId ?? turns.at(-1)?.id ?? null
  for (let next = leaf; next !== null; next = newest.get(next) ?? null) leaf = next
  return leaf
}
