import type { Context } from '#lib/chat/build-context.ts'
import type { ContextQuery } from '#lib/chat/chat-request.ts'
import { TOKENS_PER_MESSAGE } from '#lib/chat/context-budget.ts'
import type { ContextGauge } from '#lib/chat/context-gauge.ts'
import type { BranchMessage, ContextHistory } from '#lib/chat/context-history.ts'
import { findFolder } from '#lib/db/folders.ts'
import { inTime } from '#lib/db/in-time.ts'
import { type NextContext, readNextContext } from '#lib/db/next-context.ts'
import { findProfile } from '#lib/db/profiles.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { models } from '#lib/providers/resolve-models.ts'
import { chooseModel } from './choose-model.ts'
import { choosePersona } from './choose-persona.ts'
import { conversationNotFound } from './path-ids.ts'
import { contextFor, readingBudgets } from './turn-context.ts'
import { candidates } from './turn-setting.ts'

/**
 * How full the context of the next message would be: built as it will be when it is sent, with an empty question.
 *
 * @param conversationId NULL: a new one
 * @throws AppError not_found, unknown_persona, unknown_model
 */
export async function readGauge(
  userId: string,
  conversationId: string | null,
  query: ContextQuery,
): Promise<ContextGauge> {
  const resolved = await models()
  const found = conversationId
    ? await inTime(readNextContext(userId, conversationId, readingBudgets(resolved, query.model ?? null)))
    : await newContext(userId, query.folder)
  if (!found) throw conversationNotFound()
  const { conversation, person, folderInstructions, history } = found
  const { persona, intensity } = choosePersona(query, conversation)
  const { wanted } = await chooseModel(resolved, query.model, conversation?.model ?? null)
  const [model] = candidates(resolved, wanted)
  const { context } = contextFor(model, {
    ...{ userId, person, folderInstructions, history: withEmptyQuestion(history) },
    prompt: promptLibrary().composePersona(persona, intensity),
  })
  const { provider, model: name } = model.label
  const { contextWindow, maxOutputTokens, price } = model
  return {
    ...{ model: { provider, model: name }, contextWindow, maxOutputTokens, price },
    ...{ budget: context.ledger.budget, tokens: tokensOf(context), tokenRatio: context.ledger.tokenRatio },
  }
}

async function newContext(
  userId: string,
  folderId: string | undefined,
): Promise<Omit<NextContext, 'conversation'> & { conversation: null }> {
  const [profile, folder] = await inTime(
    Promise.all([findProfile(userId), folderId === undefined ? null : findFolder(userId, folderId)]),
  )
  const { aboutYou = '', howToAnswer = '' } = profile ?? {}
  return {
    ...{ conversation: null, person: { aboutYou, howToAnswer } },
    folderInstructions: folder?.instructions ?? '',
    history: { clearedThroughId: null, summary: null, unread: null, messages: [] },
  }
}

function withEmptyQuestion(history: ContextHistory): ContextHistory {
  const question: BranchMessage = {
    ...{ id: 'next', role: 'user', tokens: 0, text: '', status: null, isCovered: false },
  }
  return { ...history, messages: [...history.messages, question] }
}

function tokensOf({ ledger }: Context): ContextGauge['tokens'] {
  const asTheModelCounts = (tokens: number) => Math.round(tokens * ledger.tokenRatio)
  const prompt = ledger.prompt.tokens + TOKENS_PER_MESSAGE
  const instructions = ledger.instructions?.tokens ?? 0
  const summary = ledger.summary?.tokens ?? 0
  const question = TOKENS_PER_MESSAGE
  return {
    prompt: asTheModelCounts(prompt),
    instructions: asTheModelCounts(instructions),
    summary: asTheModelCounts(summary),
    messages: asTheModelCounts(ledger.totalTokens - prompt - instructions - summary - question),
  }
}
