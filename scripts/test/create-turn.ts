import { v7 as uuidv7 } from 'uuid'
import { insertTurn, type NewTurn } from '#lib/db/turns.ts'

/** A turn as a test wants it; what it does not care about is filled in. */
export function newTurn(userId: string, change: Partial<NewTurn> & { text?: string } = {}): NewTurn {
  const { text = 'What is courage?', ...rest } = change
  const userMessage = { id: uuidv7(), parentId: null, text, tokens: 5 }
  return {
    userId,
    conversationId: uuidv7(),
    newConversation: { placeholderTitle: 'What is courage?' },
    deletions: 0,
    persona: 'stoic',
    intensity: null,
    model: null,
    userMessage,
    answer: { id: uuidv7(), parentId: rest.userMessage?.id ?? userMessage.id },
    generation: {
      id: uuidv7(),
      provider: 'openai',
      model: 'scripted-main',
      persona: 'stoic',
      intensity: 'medium',
      promptHash: 'hash',
      texts: [],
      held: 0,
      ledger: {
        budget: 1000,
        prompt: { hash: 'hash', tokens: 10, fragments: [] },
        instructions: null,
        summary: null,
        clearedThroughId: null,
        sent: [],
        leftOut: [],
        overBudget: null,
        tokenRatio: 1,
        totalTokens: 10,
      },
    },
    limits: { monthlyBudget: null, turnsPerMinute: 1_000 },
    ...rest,
  }
}

/** Stores a turn whose answer is streaming. */
export async function createTurn(
  userId: string,
  change: Parameters<typeof newTurn>[1] = {},
): Promise<NewTurn> {
  const turn = newTurn(userId, change)
  const conflict = await insertTurn(turn)
  if (conflict) throw new Error(`The turn was not written: ${conflict}`)
  return turn
}
