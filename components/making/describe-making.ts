import type { LeftOutReason } from '#lib/chat/context-ledger.ts'
import type { GenerationCall } from '#lib/chat/generation-call.ts'
import { explainGenerationError } from '#lib/chat/generation-errors.ts'
import type { GenerationMaking } from '#lib/chat/generation-making.ts'
import { importedFrom } from '#lib/chat/import-sources.ts'
import { formatMoney } from '#lib/chat/money.ts'

export interface MadePart {
  key: 'prompt' | 'instructions' | 'folder' | 'summary' | 'messages' | 'continuation' | 'framing'
  label: string
  tokens: number
}

/** The same with every part's tokens as the model is expected to count them. */
export function asTheModelCounts(making: GenerationMaking): GenerationMaking {
  const times = <Part extends { tokens: number }>(part: Part): Part => ({
    ...part,
    tokens: Math.round(part.tokens * making.tokenRatio),
  })
  const { prompt, instructions, folder, summary, messages, continuation, totalTokens } = making
  return {
    ...making,
    prompt: { ...times(prompt), fragments: prompt.fragments.map(times) },
    instructions: instructions && times(instructions),
    folder: folder && times(folder),
    summary: summary && times(summary),
    messages: messages.map(times),
    continuation: continuation && times(continuation),
    totalTokens: Math.round(totalTokens * making.tokenRatio),
  }
}

/** What the request was made of, in the order of sending, and what was left free of its budget. */
export function partsOf(making: GenerationMaking): { parts: MadePart[]; free: number } {
  const { prompt, instructions, folder, summary, messages, continuation, totalTokens, budget } = making
  const parts: MadePart[] = [{ key: 'prompt', label: 'Persona prompt', tokens: prompt.tokens }]
  if (instructions)
    parts.push({ key: 'instructions', label: 'Your instructions', tokens: instructions.tokens })
  if (folder) parts.push({ key: 'folder', label: 'Instructions of the folder', tokens: folder.tokens })
  if (summary)
    parts.push({ key: 'summary', label: `Summary, version ${summary.version}`, tokens: summary.tokens })
  parts.push({
    key: 'messages',
    label: messages.length === 1 ? '1 message' : `${number(messages.length)} messages`,
    tokens: sumOf(messages),
  })
  if (continuation)
    parts.push({ key: 'continuation', label: 'What it was told to go on', tokens: continuation.tokens })
  const framing = totalTokens - sumOf(parts)
  if (framing > 0) parts.push({ key: 'framing', label: 'Roles and separators', tokens: framing })
  return { parts, free: Math.max(0, budget - totalTokens) }
}

function sumOf(parts: readonly { tokens: number }[]): number {
  return parts.reduce((sum, { tokens }) => sum + tokens, 0)
}

const reasons: Record<LeftOutReason, string> = {
  failed: 'It failed.',
  empty: 'It is empty.',
  no_question: 'Its question lies before it in what is not sent any more.',
  over_budget: 'It did not fit.',
}

export function explainLeftOut(reason: LeftOutReason): string {
  return reasons[reason]
}

/** What was not sent though it stands before the answer, apart from the messages that are named one by one. */
export function describeNotSent({ overBudget, clearedThroughId, summary }: GenerationMaking): string[] {
  return [
    ...(clearedThroughId === null
      ? []
      : ['What came before the place where the context started afresh was not sent.']),
    ...(summary === null
      ? []
      : [`What version ${summary.version} of the summary stands for was not sent as it is.`]),
    ...(overBudget === null
      ? []
      : [
          overBudget.messages === 1
            ? `The oldest message after that did not fit (${number(overBudget.tokens)} tokens).`
            : `The oldest ${number(overBudget.messages)} messages after that did not fit (${number(overBudget.tokens)} tokens).`,
        ]),
  ]
}

/** What there is to say before anything else; NULL: everything can be shown. */
export function describeState(making: GenerationMaking): string | null {
  const { state, run, request } = making
  if (state === 'running')
    return 'The answer is still being written. What became of it is told here when it has ended.'
  if (state === 'imported')
    return `Imported from ${importedFrom(run.provider)}. What it was made from was not in the export, nor what it cost.`
  if (state === 'before')
    return 'This answer is older than the keeping of what was sent. What is known of it is shown; its texts, its calls and its request are not.'
  if (state === 'nothing') {
    const why = run.errorCode === null ? '' : ` ${explainGenerationError(run.errorCode).title}.`
    return `No model was asked, so nothing was sent.${why} What follows had been prepared.`
  }
  if (request === null && run.provider !== 'demo')
    return 'Some of what was sent is not kept any more, so the request cannot be made again.'
  return null
}

export interface TimelineEntry {
  /** In ms after the run began. */
  atMs: number
  what: string
  /** A quiet line under it. */
  note?: string
}

/** What happened, in its order. */
export function timelineOf({ calls }: Pick<GenerationMaking, 'calls'>): TimelineEntry[] {
  const entries = calls.flatMap((call, index) => callEntries(call, calls[index - 1]))
  return [{ atMs: 0, what: 'Queued' }, ...entries]
}

function callEntries(call: GenerationCall, before: GenerationCall | undefined): TimelineEntry[] {
  const notes = [...call.adaptations.map(describeAdaptation), ...(before ? [describeCost(call)] : [])]
  return [
    {
      atMs: call.sentAtMs,
      what: `${describeAsking(call, before)} ${call.model}`,
      ...(notes.length > 0 && { note: notes.join(' ') }),
    },
    ...(call.firstTokenAtMs === null ? [] : [{ atMs: call.firstTokenAtMs, what: 'First token' }]),
    { atMs: call.endedAtMs, what: describeEnd(call) },
  ]
}

function describeAsking(call: GenerationCall, before: GenerationCall | undefined): string {
  if (!before) return 'Request sent to'
  if (before.model !== call.model || before.provider !== call.provider) return 'Asked in its place:'
  return call.isRebuilt && !before.isRebuilt ? 'Sent again, shorter, to' : 'Sent again to'
}

const ends: Record<string, string> = {
  complete: 'Last token',
  truncated: 'Last token: the answer had reached its limit',
  stopped: 'Stopped',
  aborted: 'Stopped',
}

function describeEnd({ outcome, firstTokenAtMs }: GenerationCall): string {
  const end = ends[outcome]
  if (end) return end
  if (outcome === 'interrupted' && firstTokenAtMs !== null) return 'Broke off'
  return `Failed: ${explainGenerationError(outcome).title}`
}

const adaptations: Record<string, string> = {
  drop_stream_options: 'Without stream_options, which it refuses.',
  drop_temperature: 'Without temperature, which it refuses.',
  rename_output_limit: 'With max_tokens for max_completion_tokens, which it refuses.',
}

function describeAdaptation(adaptation: string): string {
  return adaptations[adaptation] ?? `Adapted: ${adaptation}.`
}

function describeCost({ cost }: GenerationCall): string {
  return cost === null ? 'Its cost is unknown.' : `Cost ${formatMoney(cost)}.`
}

/** `42 ms`, `1.42 s` */
export function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`
}

/** `1,234 tokens`, `unknown`; with what was part of them. */
export function tokensOf(count: number | null, part: number | null, name: string): string {
  if (count === null) return 'unknown'
  return part === null || part === 0 ? number(count) : `${number(count)}, ${number(part)} of them ${name}`
}

function number(value: number): string {
  return value.toLocaleString('en')
}
