import path from 'node:path'
import { z } from 'zod'

/** What `.env.example` shows in the place of secrets; never accepted as one. */
const EXAMPLE_SECRETS = ['change-me', 'changeme', 'secret', 'your-secret', 'sk-...']

const text = z.string().trim().min(1)
const secret = text.refine((value) => !EXAMPLE_SECRETS.includes(value.toLowerCase()), {
  error: 'a value of your own, not the example',
})
const httpUrl = z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' })
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'a postgresql:// address' })

const names = text.transform((value) => value.split(',').flatMap((name) => name.trim() || []))

function seconds(fallback: number) {
  const error = 'seconds, from 0.1 to 3600'
  return z.coerce.number(error).min(0.1, error).max(3600, error).default(fallback)
}

function wholeNumber(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`
  return z.coerce.number(error).int(error).min(min, error).max(max, error)
}

function choice<const T extends string[]>(values: T) {
  return z.enum(values, `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`)
}

const budgetFault = 'dollars, from 0 to 1000000'
const dollars = z.number().min(0).max(1_000_000)
const pricePerMillion = z
  .strictObject({ input: dollars, cachedInput: dollars.optional(), output: dollars })
  .transform((price) => ({ ...price, cachedInput: price.cachedInput ?? price.input }))

/** Prices by model, as JSON. */
const modelPrices = z.string().transform((value, context) => {
  const wanted =
    'JSON such as {"my-model": {"input": 2.5, "cachedInput": 0.25, "output": 15}}, in dollars for a million tokens'
  try {
    const result = z.record(text, pricePerMillion).safeParse(JSON.parse(value))
    if (result.success) return result.data
    const [issue] = result.error.issues
    const place = issue?.path.join('.')
    context.addIssue(`${wanted}; ${place ? `${place}: ` : ''}${issue?.message}`)
  } catch {
    context.addIssue(wanted)
  }
  return z.NEVER
})

const schema = z.object({
  NODE_ENV: choice(['development', 'production', 'test']).default('production'),
  DATABASE_URL: postgresUrl.optional(),
  /** The same database without the pooler in front, for what needs a session of its own. */
  DIRECT_DATABASE_URL: postgresUrl.optional(),
  AUTH_SECRET: secret.min(32, 'at least 32 characters (openssl rand -base64 33)').optional(),
  AUTH_URL: httpUrl.optional(),
  AUTH_GITHUB_ID: text.optional(),
  AUTH_GITHUB_SECRET: secret.optional(),
  AUTH_GOOGLE_ID: text.optional(),
  AUTH_GOOGLE_SECRET: secret.optional(),
  AUTH_OIDC_ISSUER: httpUrl.optional(),
  AUTH_OIDC_ID: text.optional(),
  AUTH_OIDC_SECRET: secret.optional(),
  AUTH_OIDC_NAME: text.default('Single sign-on'),
  /** Turns a person may start in a minute. */
  RATE_LIMIT_PER_MINUTE: wholeNumber(1, 100_000).default(20),
  /** What a person may spend on answers in a month, in dollars; for those who have no budget of their own. */
  MONTHLY_BUDGET_USD: z.coerce.number(budgetFault).min(0, budgetFault).max(1_000_000, budgetFault).optional(),
  /** The largest file of conversations that a person may import. */
  IMPORT_MAX_MB: wholeNumber(1, 2_000).default(500),
  REGISTRATION: choice(['open', 'first', 'closed']).default('first'),
  OPENAI_API_KEY: secret.optional(),
  OPENAI_BASE_URL: httpUrl.optional(),
  OPENAI_MODEL: text.optional(),
  OPENAI_UTILITY_MODEL: text.optional(),
  OPENAI_FALLBACK_MODEL: text.optional(),
  /** Which models people choose from, instead of all that the providers list. */
  MODELS: names.optional(),
  OPENAI_MAX_OUTPUT_TOKENS: wholeNumber(16, 1_000_000).default(8000),
  OPENAI_TEMPERATURE: z.coerce.number('a number from 0 to 2').min(0).max(2).optional(),
  PROVIDER_HEADERS_TIMEOUT_SECONDS: seconds(60),
  PROVIDER_FIRST_TOKEN_TIMEOUT_SECONDS: seconds(120),
  PROVIDER_STALL_TIMEOUT_SECONDS: seconds(60),
  /** Tokens that fit the model; for models whose window Stoa does not know. */
  MODEL_CONTEXT_WINDOW: wholeNumber(1_000, 10_000_000).optional(),
  /** What a model costs, where Stoa does not know it or knows it wrong. */
  MODEL_PRICES: modelPrices.optional(),
  /** Tokens that a request may have, where the model's window would leave more: smaller and cheaper. */
  CONTEXT_BUDGET: wholeNumber(500, 10_000_000).optional(),
  ANTHROPIC_API_KEY: secret.optional(),
  ANTHROPIC_BASE_URL: httpUrl.optional(),
  ANTHROPIC_MODEL: text.default('claude-sonnet-5'),
  ANTHROPIC_UTILITY_MODEL: text.default('claude-haiku-4-5'),
  TELEGRAM_BOT_TOKEN: secret.regex(/^\d+:[\w-]{10,}$/, 'what @BotFather gave, as 123456:ABC-DEF…').optional(),
  /** How Telegram's updates come here: sent to /api/telegram, or asked for. */
  TELEGRAM_MODE: choice(['webhook', 'polling']).default('webhook'),
  /** What Telegram shows with what it sends; without one it is derived from AUTH_SECRET. */
  TELEGRAM_WEBHOOK_SECRET: secret.regex(/^[\w-]{16,256}$/, '16 to 256 letters, digits, _ and -').optional(),
  /** A Bot API server of one's own. */
  TELEGRAM_API_ROOT: httpUrl.default('https://api.telegram.org'),
  APP_URL: httpUrl.optional(),
  APP_NAME: text.optional(),
  /** What a scraper of /metrics has to send; without it only this machine may read them. */
  METRICS_TOKEN: secret
    .regex(/^\S{16,}$/, 'at least 16 characters without spaces (openssl rand -base64 24)')
    .optional(),
  /** Where traces go, by OTLP over HTTP; the other variables of OpenTelemetry's count too. */
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  LOG_LEVEL: choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  PORT: wholeNumber(1, 65_535).default(3000),
  HOST: text.default('127.0.0.1'),
  /** How many proxies stand in front of this server; where it is not set, one on this machine is believed. */
  TRUST_PROXY: wholeNumber(0, 10).optional(),
  STOA_DATA_DIR: text.default('.data').transform((folder) => path.resolve(folder)),
  STOA_PROMPTS_DIR: text.default('prompts').transform((folder) => path.resolve(folder)),
  /** Where an Ollama is looked for when no provider is named. */
  STOA_OLLAMA_URL: httpUrl.default('http://127.0.0.1:11434'),
  STOA_CHROMIUM: text.optional(),
})

/** Variables of which each is worth nothing without the others. */
const groups = [
  ['AUTH_GITHUB_ID', 'AUTH_GITHUB_SECRET'],
  ['AUTH_GOOGLE_ID', 'AUTH_GOOGLE_SECRET'],
  ['AUTH_OIDC_ISSUER', 'AUTH_OIDC_ID', 'AUTH_OIDC_SECRET'],
]

export type Env = z.infer<typeof schema>

/** The variables without which a server cannot run; the launcher brings them when they are not set. */
const serverVariables = ['DATABASE_URL', 'AUTH_SECRET'] as const
export type ServerEnv = Env & Required<Pick<Env, (typeof serverVariables)[number]>>

type EnvSource = Record<string, string | undefined>

/** Every fault of the configuration at once, one line each. */
export class EnvError extends Error {
  override readonly name = 'EnvError'
  readonly faults: string[]

  constructor(faults: string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    )
    this.faults = faults
  }
}

/**
 * Checks the whole configuration; an empty value counts as not set.
 *
 * @throws EnvError naming each variable at fault, what it got (never a secret's value) and what it wants.
 */
export function parseEnv(source: EnvSource): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()))
  const result = schema.safeParse(given)
  const faults = result.error?.issues.map((issue) => describeFault(issue, given)) ?? []
  faults.push(...groups.flatMap((names) => describeMissing(names, given)))
  if (!result.success || faults.length > 0) throw new EnvError(faults)
  return result.data
}

/**
 * The same, for a process that serves: `DATABASE_URL` and `AUTH_SECRET` must be there.
 *
 * @throws EnvError
 */
export function parseServerEnv(source: EnvSource): ServerEnv {
  let env: Env | undefined
  const faults: string[] = []
  try {
    env = parseEnv(source)
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    faults.push(...error.faults)
  }
  for (const name of serverVariables) {
    if (!source[name]?.trim()) faults.push(`${name} is not set: wants ${wants[name]}`)
  }
  if (!env || faults.length > 0) throw new EnvError(faults)
  return env as ServerEnv
}

const wants = {
  DATABASE_URL: 'a postgresql:// address (or start with "npm start", which brings a database)',
  AUTH_SECRET: 'a random text of at least 32 characters (openssl rand -base64 33)',
}

let parsed: ServerEnv | undefined

/**
 * The configuration of this server, read once.
 *
 * @throws EnvError
 */
export function env(): ServerEnv {
  parsed ??= parseServerEnv(process.env)
  return parsed
}

function describeMissing(names: string[], given: EnvSource): string[] {
  const there = names.filter((name) => given[name] !== undefined)
  if (there.length === 0) return []
  const missing = names.filter((name) => given[name] === undefined)
  return missing.map((name) => `${name} is not set: wants a value, since ${there.join(' and ')} needs it`)
}

function describeFault(issue: z.core.$ZodIssue, given: EnvSource): string {
  const name = String(issue.path[0])
  const value = given[name]
  const got =
    value === undefined
      ? 'is not set'
      : isSecret(name)
        ? `has ${value.length} characters`
        : `is "${value.replace(/\/\/[^/]*@/, '//…@')}"`
  return `${name} ${got}: wants ${issue.message}`
}

/** An address of a database holds its password. */
function isSecret(name: string): boolean {
  return /SECRET|KEY|TOKEN$|DATABASE_URL/.test(name)
}
