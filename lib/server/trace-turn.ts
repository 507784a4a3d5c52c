import { type Attributes, type Context, type Span, SpanStatusCode, trace } from '@opentelemetry/api'
import type { GenerationCall } from '#lib/chat/generation-call.ts'
import type { GenerationView } from '#lib/chat/types.ts'
import type { GenerationEnd } from '#lib/db/generations.ts'

/** Outcomes that are no failure. */
const SUCCESSES = new Set(['complete', 'truncated', 'stopped'])

/** A turn that is over, with what was going on when it began. */
interface TracedTurn {
  turn: {
    /** NULL: it is kept in none (`/v1`). */
    conversationId: string | null
    generation: Pick<GenerationView, 'id' | 'persona'>
  }
  end: Pick<GenerationEnd, 'status' | 'errorCode' | 'timeToFirstTokenMs' | 'latencyMs' | 'calls'>
  /** The request that it was begun for. */
  parent: Context
  /** As `performance.now()` says it. */
  startedAt: number
}

/** A call that no answer asked for, just now over. */
interface TracedCall {
  purpose: string
  provider: string
  model: string
  conversationId: string | null
  outcome: string
  latencyMs: number
  inputTokens: number | null
  outputTokens: number | null
}

/**
 * Spans of a turn and of each call of a provider that it took, after it: what they need is known then, and nothing is paid
 * for while tokens flow. Without tracing they go nowhere. No text is ever in one.
 */
export function traceTurn({ turn, end, parent, startedAt }: TracedTurn): void {
  const at = (milliseconds: number) => performance.timeOrigin + startedAt + milliseconds
  const span = tracer().startSpan(
    'stoa.turn',
    {
      startTime: at(0),
      attributes: {
        ...known('stoa.conversation_id', turn.conversationId),
        'stoa.generation_id': turn.generation.id,
        'stoa.persona': turn.generation.persona,
        'stoa.status': end.status,
        ...known('stoa.time_to_first_token_ms', end.timeToFirstTokenMs),
      },
    },
    parent,
  )
  markError(span, end.errorCode)
  const within = trace.setSpan(parent, span)
  for (const call of end.calls) traceCallOfTurn(call, within, at)
  span.end(at(end.latencyMs ?? 0))
}

/** The span of a call for a title or a summary. */
export function traceCall(call: TracedCall): void {
  const endedAt = performance.timeOrigin + performance.now()
  const { purpose, conversationId, outcome, latencyMs } = call
  const attributes = { ...attributesOf(call, purpose), ...known('stoa.conversation_id', conversationId) }
  const span = tracer().startSpan('stoa.provider_call', { startTime: endedAt - latencyMs, attributes })
  markError(span, SUCCESSES.has(outcome) ? null : outcome)
  span.end(endedAt)
}

/** Sends what is waiting to be sent; for the end of the process. */
export async function flushTraces(): Promise<void> {
  const provider: object = trace.getTracerProvider()
  const sdk: unknown =
    'getDelegate' in provider && typeof provider.getDelegate === 'function'
      ? provider.getDelegate()
      : provider
  const canFlush = typeof sdk === 'object' && sdk !== null && 'forceFlush' in sdk
  if (canFlush && typeof sdk.forceFlush === 'function') await sdk.forceFlush()
}

function traceCallOfTurn(call: GenerationCall, within: Context, at: (milliseconds: number) => number): void {
  const span = tracer().startSpan(
    'stoa.provider_call',
    { startTime: at(call.sentAtMs), attributes: attributesOf(call, 'answer') },
    within,
  )
  if (call.firstTokenAtMs !== null) span.addEvent('first token', at(call.firstTokenAtMs))
  markError(span, SUCCESSES.has(call.outcome) ? null : call.outcome)
  span.end(at(call.endedAtMs))
}

/** As OpenTelemetry's conventions for generative AI name them. */
function attributesOf(
  call: Pick<TracedCall, 'provider' | 'model' | 'inputTokens' | 'outputTokens'>,
  purpose: string,
): Attributes {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': call.provider,
    'gen_ai.request.model': call.model,
    ...known('gen_ai.usage.input_tokens', call.inputTokens),
    ...known('gen_ai.usage.output_tokens', call.outputTokens),
    'stoa.purpose': purpose,
  }
}

function known(name: string, value: string | number | null): Attributes {
  return value === null ? {} : { [name]: value }
}

function markError(span: Span, code: string | null): void {
  if (code === null) return
  span.setAttribute('error.type', code)
  span.setStatus({ code: SpanStatusCode.ERROR })
}

function tracer() {
  return trace.getTracer('stoa')
}
