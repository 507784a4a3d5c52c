import { explainGenerationError } from '#lib/chat/generation-errors.ts'
import { type Env, EnvError } from '#lib/env.ts'
import { attemptAnswer } from '#lib/providers/answer-attempt.ts'
import type { AnswerEnd } from '#lib/providers/answer-events.ts'
import { type ChatModel, type Models, resolveModels } from '#lib/providers/resolve-models.ts'
import type { Finding } from './finding.ts'

/** Some providers take no less. */
const FEW_TOKENS = 16
const PATIENCE_MS = 60_000

interface Trial {
  end: AnswerEnd
  /** How many pieces the text came in. */
  pieces: number
  firstMs: number | null
  totalMs: number
}

/** The models that the configuration names, each asked for a few tokens. */
export async function* checkProvider(env: Env): AsyncGenerator<Finding> {
  let models: Models
  try {
    models = await resolveModels(env)
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    yield { about: 'provider', verdict: 'fault', what: error.message, todo: 'Change it in .env.' }
    return
  }
  const { answering, fallback, utility } = models
  if (!answering.label.isAiModel) {
    yield {
      about: 'provider',
      verdict: 'warning',
      what: 'None is configured: the built-in demo answers, which is not an AI model.',
      todo: 'Put OPENAI_API_KEY=… (or ANTHROPIC_API_KEY=…) into .env.',
    }
    return
  }
  for (const model of new Set([answering, utility, ...(fallback ? [fallback] : [])])) {
    yield* judge(model, await tryOut(model))
  }
}

async function tryOut(model: ChatModel): Promise<Trial> {
  const startedAt = performance.now()
  const since = () => Math.round(performance.now() - startedAt)
  let pieces = 0
  let firstMs: number | null = null
  const few = { ...model, maxOutputTokens: Math.min(FEW_TOKENS, model.maxOutputTokens) }
  const messages = [{ role: 'user' as const, content: 'Count from 1 to 5.' }]
  const signal = AbortSignal.timeout(PATIENCE_MS)
  for await (const event of attemptAnswer(few, { instructions: '', messages, signal })) {
    if (event.type === 'end') return { end: event, pieces, firstMs, totalMs: since() }
    pieces += 1
    firstMs ??= since()
  }
  throw new Error('An attempt ends with an end')
}

function judge({ label, price }: ChatModel, { end, pieces, firstMs, totalMs }: Trial): Finding[] {
  const about = 'provider'
  const name = `${label.model} (${label.provider})`
  const { outcome, usage } = end
  if (outcome.status === 'aborted') {
    const what = `${name} has not answered within ${PATIENCE_MS / 1000} s.`
    return [{ about, verdict: 'fault', what, todo: 'See that this machine can reach the provider.' }]
  }
  // A model that thinks may spend so few tokens before its first word, which is fine.
  const onlyThought =
    'failure' in outcome && outcome.failure.code === 'empty_answer' && outcome.failure.cause === 'length'
  if ('failure' in outcome && !onlyThought) {
    const { title, remedy } = explainGenerationError(outcome.failure.code)
    return [{ about, verdict: 'fault', what: `${name}: ${title}.`, todo: remedy }]
  }
  const first = firstMs === null ? 'it only thought' : `first text after ${firstMs} ms`
  const findings: Finding[] = [
    { about, verdict: 'ok', what: `${name} answers: ${first}, ${pieces} pieces, ${totalMs} ms in all.` },
  ]
  if (pieces === 1) {
    findings.push({
      about: 'streaming',
      verdict: 'warning',
      what: `The text of ${name} came in one piece.`,
      todo: 'If it does so for long answers too, something between here and the provider holds it back: a gateway that buffers.',
    })
  }
  if (usage.inputTokens === null || usage.outputTokens === null) {
    findings.push({
      about: 'usage',
      verdict: 'warning',
      what: `${name} does not report the tokens it used: its costs are unknown, and count against budgets as estimates.`,
      todo: 'Where it is a gateway, see whether it can pass usage on (stream_options.include_usage).',
    })
  }
  if (price === null) {
    findings.push({
      about: 'price',
      verdict: 'warning',
      what: `What ${name} costs is not known, so budgets do not count it.`,
      todo: `Say it: MODEL_PRICES={"${label.model}": {"input": 1, "output": 2}}, in dollars for a million tokens.`,
    })
  }
  return findings
}
