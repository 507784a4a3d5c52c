import type { LeftOutReason } from '#lib/chat/context-ledger.ts'
import type { GenerationCall } from '#lib/chat/generation-call.ts'
import { explainGenerationError } from '#lib/chat/generation-errors.ts'
import type { GenerationMaking } from '#lib/chat/generation-making.ts'
import { formatMoney } from '#lib/chat/money.ts'

export interface MadePart {
  key: 'prompt' | 'instructions' | 'summary' | 'messages' | 'continuation' | 'framing'
  label: string
  /** As the model is expected to count. */
  tokens: number
}

/** What the request was made of, in the order of sending, and what was left free of its budget. */
export function partsOf(making: GenerationMaking): { parts: MadePart[]; total: number; free: number } {
  const asTheModelCounts = (tokens: number) => Math.round(tokens * making.tokenRatio)
  const { prompt, instructions, summary, messages, continuation } = making
  const counted: Omit<MadePart, 'tokens'>[] = []
  const sizes: number[] = []
  const add = (key: MadePart['key'], label: string, tokens: number) => {
    counted.push({ key, label })
    sizes.push(tokens)
  }
  add('prompt', 'Persona prompt', prompt.tokens)
  if (instructions) add('instructions', 'Your instructions', instructions.tokens)
  if (summary) add('summary', `Summary, version ${summary.version}`, summary.tokens)
  add(
    'messages',
    messages.length === 1 ? '1 message' : `${messages.length.toLocaleString('en')} messages`,
    messages.reduce((sum, { tokens }) => sum + tokens, 0),
  )
  if (continuation) add('continuation', 'What it was told to go on', continuation.tokens)
  const framing = making.totalTokens - sizes.reduce((sum, tokens) => sum + tokens, 0)
  if (framing > 0) add('framing', 'Roles and separators', framing)
  const total = asTheModelCounts(making.totalTokens)
  return {
    parts: counted.map((part, index) => ({ ...part, tokens: asTheModelCounts(sizes[index] ?? 0) })),
    total,
    free: Math.max(0, making.budget - total),
  }
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

/** `0.42 s` */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}

/** `1,234 tokens`, `unknown`; with what was part of them. */
export function tokensOf(count: number | null, part: number | null, name: string): string {
  if (count === null) return 'unknown'
  return part === null || part === 0 ? number(count) : `${number(count)}, ${number(part)} of them ${name}`
}

function number(value: number): string {
  return value.toLocaleString('en')
}
