import { modelId } from '#lib/chat/model-id.ts'
import { isPlausible, type TokenSums, tokenRatio } from '#lib/chat/token-ratio.ts'
import type { ModelLabel } from '#lib/chat/types.ts'
import { addTokenSums, type ModelTokens, readTokenSums } from '#lib/db/token-ratios.ts'
import { log } from '#lib/log.ts'

/** What other instances learned is read again after so long. */
const KEPT_MS = 5_000
/** What remains of earlier reports at each new one: half of them after seven. */
const FADING = 0.9

interface Known {
  sums: Map<string, TokenSums>
  dueAt: number
  reading: Promise<void> | null
  /** What was reported and is not stored yet, by model, with how many reports it is of. */
  waiting: Map<string, ModelTokens & { reports: number }>
  writing: Promise<void> | null
}

const shared = globalThis as typeof globalThis & { stoaTokenSums?: Known }

function known(): Known {
  shared.stoaTokenSums ??= {
    ...{ sums: new Map(), dueAt: 0, reading: null },
    ...{ waiting: new Map(), writing: null },
  }
  return shared.stoaTokenSums
}

/**
 * How many tokens a model counts for one that is counted here, as far as it is known now: nobody waits for it. What is
 * known is read again in the background.
 */
export function tokenRatioOf({ provider, model }: Pick<ModelLabel, 'provider' | 'model'>): number {
  if (performance.now() >= known().dueAt) void readTokenRatios()
  return tokenRatio(model, known().sums.get(modelId({ provider, model })))
}

/** Reads what all models have reported, to all instances. */
export function readTokenRatios(): Promise<void> {
  const state = known()
  state.reading ??= readTokenSums()
    .then((rows) => {
      state.sums = new Map(rows.map((row) => [modelId(row), row]))
    })
    .catch((error: unknown) => {
      log().warn({ error: String(error) }, 'what models report of tokens could not be read')
    })
    .finally(() => {
      state.dueAt = performance.now() + KEPT_MS
      state.reading = null
    })
  return state.reading
}

/**
 * Learns from what a provider reported for a request. Beside the answer, and one write at a time: reports that come
 * meanwhile are added up, since all of a model change one row. What cannot be stored is forgotten.
 */
export function learnTokenRatio(report: ModelTokens): void {
  if (!isPlausible(report)) return
  const state = known()
  const id = modelId(report)
  const before = state.waiting.get(id) ?? { counted: 0, reported: 0, reports: 0 }
  state.waiting.set(id, {
    ...report,
    counted: before.counted + report.counted,
    reported: before.reported + report.reported,
    reports: before.reports + 1,
  })
  state.writing ??= writeWaiting(state).finally(() => {
    state.writing = null
  })
}

async function writeWaiting({ waiting, sums }: Known): Promise<void> {
  for (let [next] = waiting; next; [next] = waiting) {
    const [id, { reports, ...added }] = next
    waiting.delete(id)
    try {
      sums.set(id, await addTokenSums(added, FADING ** reports))
    } catch (error) {
      log().warn({ error: String(error) }, 'what a model reported of tokens could not be kept')
    }
  }
}

/** Resolves when all that was reported is stored or forgotten. */
export async function tokenRatiosStored(): Promise<void> {
  await known().writing
}
