import { buildContext, type Context, type ContextPrompt, type MeasuredText } from '#lib/chat/build-context.ts'
import { contextBudget, countedBudget } from '#lib/chat/context-budget.ts'
import type { ContextHistory } from '#lib/chat/context-history.ts'
import { countTokens } from '#lib/chat/count-tokens.ts'
import { modelId } from '#lib/chat/model-id.ts'
import { type PersonalInstructions, renderFolder, renderInstructions } from '#lib/chat/render-context.ts'
import type { ReadingBudgets } from '#lib/db/context-walk.ts'
import { type PromptText, personalHash } from '#lib/db/prompt-texts.ts'
import { env } from '#lib/env.ts'
import type { ComposedPrompt } from '#lib/prompts/library.ts'
import type { ChatModel, Models } from '#lib/providers/resolve-models.ts'
import { tokenRatioOf } from './token-ratios.ts'

/** Tokens that a request to a model may have, as it counts: what its window leaves, or CONTEXT_BUDGET when that is less. */
export function budgetOf({ contextWindow, maxOutputTokens }: ChatModel): number {
  const most = env().CONTEXT_BUDGET ?? Number.POSITIVE_INFINITY
  return Math.min(most, contextBudget(contextWindow, maxOutputTokens))
}

/**
 * How much of a branch is read, by the model that is going to be asked.
 *
 * @param model as `provider:model`; NULL: the conversation's; 'parent': the one that wrote the last message
 */
export function readingBudgets(models: Models, model: string | null | 'parent'): ReadingBudgets {
  const counted = (each: ChatModel) => countedBudget(budgetOf(each), tokenRatioOf(each.label))
  const usual = counted(models.answering)
  const isKnown = model !== null && model !== 'parent'
  // A provider may list hundreds: none is told of that cannot be asked, or is read like the usual one.
  const others = models.offer
    .known()
    .map((each) => [modelId(each.label), counted(each)] as const)
    .filter(([id, budget]) => budget !== usual && (!isKnown || id === model))
  return { byModel: Object.fromEntries(others), usual, model }
}

/** What a turn's request is made of, whichever model is asked. */
export interface TurnParts {
  userId: string
  prompt: ComposedPrompt
  person: PersonalInstructions
  /** The instructions of the folder that the conversation is in; empty: none. */
  folderInstructions: string
  history: ContextHistory
  /** What the model is told in order to go on with an answer that broke off. */
  continuation?: string
}

export interface TurnContext {
  context: Context
  /** The same for a provider that finds it too long. */
  rebuild: (budget: number) => Context
  /** What the request was composed of, to be kept. */
  texts: PromptText[]
}

/** Builds the context of a run for a model. */
export function contextFor(model: ChatModel, parts: TurnParts): TurnContext {
  const { userId, prompt, history } = parts
  const own = (text: string): MeasuredText => measure(text, personalHash(userId, text))
  const ownIfAny = (text: string | null) => (text === null ? null : own(text))
  const instructions = ownIfAny(renderInstructions(parts.person))
  const folder = ownIfAny(renderFolder(parts.folderInstructions))
  const continuation = parts.continuation === undefined ? undefined : own(parts.continuation)
  const tokenRatio = tokenRatioOf(model.label)
  const build = (budget: number) =>
    buildContext({
      ...{ prompt: measurePrompt(prompt), instructions, folder, history, budget, tokenRatio },
      ...(continuation && { continuation }),
    })
  return {
    context: build(budgetOf(model)),
    rebuild: build,
    texts: [
      ...prompt.fragments.map(({ hash, text }) => ({ hash, text, isPersonal: false })),
      ...[instructions, folder, continuation]
        .filter((text) => text != null)
        .map(({ hash, text }) => ({ hash, text, isPersonal: true })),
    ],
  }
}

/** Personas times intensities several times over, since prompts change in development; and the people of a day. */
const MAX_MEASURED = 1_000

/** Sizes by hash: counting a prompt again for every turn took a tenth of all that a turn costs. */
const sizes = new Map<string, number>()

function measure(text: string, hash: string): MeasuredText {
  const known = sizes.get(hash)
  if (known === undefined && sizes.size >= MAX_MEASURED) sizes.clear()
  const tokens = known ?? countTokens(text)
  sizes.set(hash, tokens)
  return { text, hash, tokens }
}

function measurePrompt({ text, hash, fragments }: ComposedPrompt): ContextPrompt {
  return {
    ...measure(text, hash),
    fragments: fragments.map(({ path, text: part, hash: partHash }) => ({
      ...{ path, hash: partHash },
      tokens: measure(part, partHash).tokens,
    })),
  }
}
