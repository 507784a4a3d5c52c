import { growTurns, leafUnder, type SourceNode } from './grow-turns.ts'
import { countLeftOut, foreignGeneration, type ImportedConversation } from './imported-conversation.ts'

interface Facts
  extends Pick<
    ImportedConversation,
    'id' | 'title' | 'createdAt' | 'lastActivityAt' | 'pinnedAt' | 'archivedAt' | 'leftOut'
  > {
  source: 'chatgpt' | 'claude'
}

/**
 * A conversation of another service, made of its tree: all branches, the one that was shown there shown here.
 *
 * @param current the node that was shown last
 * @throws ConversationTooLarge
 */
export function foreignConversation(
  facts: Facts,
  nodes: readonly SourceNode[],
  current: string | null | undefined,
): ImportedConversation {
  const { turns, turnOf, detached } = growTurns(nodes)
  countLeftOut(facts.leftOut, 'detached', detached)
  return {
    ...{ ...facts, titleSource: 'person', persona: null, intensity: null, model: null, folder: null },
    ...{ summaries: [], activeLeafId: leafUnder(turns, current ? turnOf(current) : null) },
    messages: turns.map(({ model, ...turn }) => ({
      ...{ ...turn, clearedAt: null },
      generations: turn.role === 'user' ? [] : [foreignGeneration(facts.source, model, turn.createdAt)],
    })),
  }
}
