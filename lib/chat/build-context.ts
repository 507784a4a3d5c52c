import { chooseMessages } from './choose-messages.ts'
import { countedBudget, limitParts, TOKENS_PER_MESSAGE } from './context-budget.ts'
import type { ContextHistory, HeldSummary } from './context-history.ts'
import type { ContextLedger, ToldText } from './context-ledger.ts'
import { countTokens } from './count-tokens.ts'
import { type CutText, cutText } from './cut-text.ts'
import { PART_SEPARATOR, renderSystemMessage, SUMMARY_FRAME } from './render-context.ts'

/** A text with its size, and the hash that it is kept under. */
export interface MeasuredText {
  text: string
  hash: string
  tokens: number
}

/** The composed prompt, as lib/prompts makes it, with its size. */
export interface ContextPrompt extends MeasuredText {
  fragments: { path: string; hash: string; tokens: number }[]
}

export interface ContextInput {
  prompt: ContextPrompt
  /** What the person told of themselves, as `renderInstructions` gives it; NULL: nothing. */
  instructions: MeasuredText | null
  /** What the person wrote for the conversation's folder, as `renderFolder` gives it; NULL: nothing, or it is in none. */
  folder: MeasuredText | null
  history: ContextHistory
  /** What the model is told in order to go on with the last message, an answer that broke off; it is no message. */
  continuation?: MeasuredText
  /** Tokens that the whole request may have, as the model counts. */
  budget: number
  /** How many tokens the model counts for one that is counted here. */
  tokenRatio: number
}

export interface Context {
  instructions: string
  messages: { role: 'user' | 'assistant'; content: string }[]
  ledger: ContextLedger
}

/**
 * Decides what a generation is sent: prompt, instructions, the folder's and the summary as one system message, and of the messages after the
 * summary the newest that fit the budget. The message to answer is always sent, and an answer to go on with together with
 * its question; other answers that failed or stayed empty are no history. What is too large by itself is cut in the middle.
 * The ledger names the rest: every message of the branch is sent, or summarised, or cleared, or named there.
 */
export function buildContext(input: ContextInput): Context {
  const { prompt, history, continuation, tokenRatio } = input
  const budget = countedBudget(input.budget, tokenRatio)
  const pinned = continuation ? 2 : 1
  const fixed =
    prompt.tokens + TOKENS_PER_MESSAGE + (continuation ? continuation.tokens + TOKENS_PER_MESSAGE : 0)
  const { instructions, folder, summary } = fitParts(input, { budget, fixed, pinned })
  const framed = fixed + (instructions?.tokens ?? 0) + (folder?.tokens ?? 0) + (summary?.tokens ?? 0)
  const chosen = chooseMessages(history, { room: budget - framed, budget, pinned })

  return {
    instructions: renderSystemMessage({
      prompt: prompt.text,
      instructions: instructions?.text ?? null,
      folder: folder?.text ?? null,
      summary: summary?.text ?? null,
    }),
    messages: [
      ...chosen.kept.map(({ message, text }) => ({ role: message.role, content: text })),
      ...(continuation ? [{ role: 'user' as const, content: continuation.text }] : []),
    ],
    ledger: {
      budget: input.budget,
      prompt: { hash: prompt.hash, tokens: prompt.tokens, fragments: prompt.fragments },
      instructions: instructions && toldText(instructions),
      ...(folder && { folder: toldText(folder) }),
      summary: summary && {
        ...{ id: summary.id, version: summary.version, throughMessageId: summary.throughMessageId },
        ...{ tokens: summary.tokens, ...(summary.ends && { cutEnds: summary.ends }) },
      },
      clearedThroughId: history.clearedThroughId,
      sent: chosen.kept.map(({ message, tokens, ends }) => ({
        ...{ messageId: message.id, tokens: message.tokens, length: message.text.length },
        ...(ends && { cutTo: tokens, cutEnds: ends }),
      })),
      leftOut: chosen.leftOut,
      overBudget: chosen.overBudget,
      ...(continuation && { continuation: { hash: continuation.hash, tokens: continuation.tokens } }),
      tokenRatio,
      totalTokens: framed + chosen.tokens,
    },
  }
}

function toldText({ hash, tokens, ends }: MeasuredText & CutText): ToldText {
  return { hash, tokens, ...(ends && { cutEnds: ends }) }
}

interface FittedParts {
  instructions: (MeasuredText & CutText) | null
  folder: (MeasuredText & CutText) | null
  summary: (HeldSummary & CutText) | null
}

/** Instructions, the folder's and the summary as they are sent: whole, unless that would leave too little for the rest. */
function fitParts(
  { instructions, folder, history: { summary } }: ContextInput,
  { budget, fixed, pinned }: { budget: number; fixed: number; pinned: number },
): FittedParts {
  const separator = partTokens(PART_SEPARATOR)
  const frame = separator + partTokens(SUMMARY_FRAME)
  const limits = limitParts(budget, {
    ...{ fixed, pinned },
    instructions: instructions ? instructions.tokens + separator : 0,
    folder: folder ? folder.tokens + separator : 0,
    summary: summary ? summary.tokens + frame : 0,
  })
  return {
    instructions: instructions && withFrame(instructions, limits.instructions, separator),
    folder: folder && withFrame(folder, limits.folder, separator),
    summary: summary && withFrame(summary, limits.summary, frame),
  }
}

function withFrame<T extends { text: string; tokens: number }>(part: T, limit: number, frame: number) {
  const cut = cutText(part.text, part.tokens, limit - frame)
  return { ...part, ...cut, tokens: cut.tokens + frame }
}

const measured = new Map<string, number>()

/** Tokens of a text that is the same in every request. */
function partTokens(text: string): number {
  const tokens = measured.get(text) ?? countTokens(text)
  measured.set(text, tokens)
  return tokens
}
