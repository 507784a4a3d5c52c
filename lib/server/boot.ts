import type { ModelLabel } from '#lib/chat/types.ts'
import { EnvError, env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { models } from '#lib/providers/resolve-models.ts'
import { budgetWarnings } from './budget-warnings.ts'
import { drain } from './drain.ts'
import { startEndingLostCompletions } from './end-lost-completions.ts'
import { startErasingExpired } from './erase-expired.ts'
import { foldQueue } from './fold-summary.ts'
import { importQueue, recoverImports } from './imports.ts'
import { startJobs } from './jobs.ts'
import { startSweeper } from './sweep-generations.ts'
import { recoverTitles, titleQueue } from './title-conversation.ts'
import { defaultBudget } from './turn-setting.ts'

/** What the launcher hears of the server it started (scripts/start.ts). */
type BootReport = { type: 'ready'; model: string; warnings: string[] } | { type: 'failed'; message: string }

const shared = globalThis as typeof globalThis & { stoaBooted?: boolean }

/**
 * Brings up what a serving process needs beside Next: configuration, prompts and model checked, jobs, sweeper,
 * an orderly end on SIGTERM. A server that could only fail later does not start.
 */
export async function boot(): Promise<void> {
  if (shared.stoaBooted) return
  shared.stoaBooted = true
  // The SDK would print its warnings; what matters of them shows in answers and logs.
  globalThis.AI_SDK_LOG_WARNINGS = false
  try {
    env()
    const { warnings } = promptLibrary()
    const resolved = await models()
    const { answering, offer } = resolved
    // In the background: nothing waits for the providers' lists.
    offer.known()
    startSweeper()
    startErasingExpired()
    startEndingLostCompletions()
    startJobs([titleQueue, foldQueue, importQueue])
      .then(() => Promise.all([recoverTitles(), recoverImports()]))
      .catch((error: unknown) => log().error({ error: String(error) }, 'lost work could not be looked for'))
    stopInOrder()
    report({
      type: 'ready',
      model: describeModel(answering.label),
      warnings: [...warnings, ...budgetWarnings(resolved, defaultBudget())],
    })
  } catch (error) {
    refuse(error)
  }
}

function stopInOrder(): void {
  const stop = () => {
    drain()
      .catch((error: unknown) => log().error({ error: String(error) }, 'could not stop in order'))
      .finally(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // The launcher died: nobody would stop this server any more.
  process.on('disconnect', stop)
}

function refuse(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  report({ type: 'failed', message })
  process.stderr.write(`Stoa does not start.\n${message}\n`)
  if (!(error instanceof EnvError) && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`)
  process.exit(1)
}

function describeModel({ provider, model, isAiModel }: ModelLabel): string {
  if (isAiModel) return `${model} (${provider})`
  return 'the built-in demo, not an AI model. To connect one, put OPENAI_API_KEY=… (or ANTHROPIC_API_KEY=…) into .env and start again'
}

function report(message: BootReport): void {
  process.send?.(message)
}
