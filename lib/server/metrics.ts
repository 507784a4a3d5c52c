import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { poolCounts } from '#lib/db/client.ts'
import { countJobs } from '#lib/db/job-counts.ts'
import { log } from '#lib/log.ts'
import { runningCompletions } from './running-completions.ts'
import { runningGenerations } from './running-generations.ts'

/** From a tenth of a second to the time after which a provider is given up. */
const FIRST_TOKEN_SECONDS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120]
const TOKEN_DELAY_SECONDS = [0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 5, 30]

const shared = globalThis as typeof globalThis & { stoaMetrics?: Metrics }

export type Metrics = ReturnType<typeof createMetrics>

/**
 * What this process counts for Prometheus, since it started. Every label has few values: models beyond the first ones are
 * counted together (`modelLabels` in record-metrics.ts), and nothing of a person is ever one.
 */
export function metrics(): Metrics {
  shared.stoaMetrics ??= createMetrics()
  return shared.stoaMetrics
}

function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  // Event loop lag, memory, processor time, garbage collection.
  collectDefaultMetrics({ register: registry })
  addGauges(registers)
  return {
    registry,
    generations: new Counter({
      name: 'stoa_generations_total',
      help: 'Answers that ended, by how they did',
      labelNames: ['provider', 'model', 'status'],
      registers,
    }),
    generationErrors: new Counter({
      name: 'stoa_generation_errors_total',
      help: 'Answers that failed or broke off, by the code of the error',
      labelNames: ['code'],
      registers,
    }),
    requestErrors: new Counter({
      name: 'stoa_request_errors_total',
      help: 'Requests that were answered with an error, by its code',
      labelNames: ['code'],
      registers,
    }),
    providerCalls: new Counter({
      name: 'stoa_provider_calls_total',
      help: 'Calls of providers, retries and fallbacks among them, by what for',
      labelNames: ['provider', 'model', 'purpose'],
      registers,
    }),
    tokens: new Counter({
      name: 'stoa_tokens_total',
      help: 'Tokens as the providers reported them; cached ones are part of input, reasoning ones of output',
      labelNames: ['provider', 'model', 'purpose', 'kind'],
      registers,
    }),
    cost: new Counter({
      name: 'stoa_cost_dollars_total',
      help: 'What calls cost, as far as the price is known',
      labelNames: ['provider', 'model', 'purpose'],
      registers,
    }),
    timeToFirstToken: new Histogram({
      name: 'stoa_time_to_first_token_seconds',
      help: 'From the start of an answer to its first text, retries and fallbacks within',
      labelNames: ['provider', 'model'],
      buckets: FIRST_TOKEN_SECONDS,
      registers,
    }),
    tokenDelay: new Histogram({
      name: 'stoa_token_delay_seconds',
      help: 'Between two pieces of the text of an answer, as they come from the provider',
      buckets: TOKEN_DELAY_SECONDS,
      registers,
    }),
  }
}

function addGauges(registers: Registry[]): void {
  new Gauge({
    name: 'stoa_running_generations',
    help: 'Answers that this process is writing',
    registers,
    collect() {
      this.set(runningGenerations().size + runningCompletions().size)
    },
  })
  new Gauge({
    name: 'stoa_database_connections',
    help: 'Connections of the pool, and callers that wait for one',
    labelNames: ['state'],
    registers,
    collect() {
      for (const [state, count] of Object.entries(poolCounts())) this.set({ state }, count)
    },
  })
  new Gauge({
    name: 'stoa_jobs',
    help: 'Background jobs in the database, of all instances; missing while it is away',
    labelNames: ['queue', 'state'],
    registers,
    async collect() {
      this.reset()
      try {
        for (const { queue, state, count } of await countJobs()) this.set({ queue, state }, count)
      } catch (error) {
        // What is known without the database is worth the more while it is away.
        log().warn({ error: String(error) }, 'jobs could not be counted')
      }
    },
  })
}
