import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv as parseDotEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { EnvError, parseEnv, parseServerEnv } from './env.ts'

const server = {
  DATABASE_URL: 'postgresql://stoa:password@127.0.0.1:5432/stoa',
  AUTH_SECRET: 'x7pQ2mVd9RkL4wZt6YbN1cHs8GfJ3aKe',
}

function faultsOf(parse: () => unknown): string[] {
  try {
    parse()
  } catch (error) {
    if (error instanceof EnvError) return error.faults
    throw error
  }
  return []
}

describe('parseEnv', () => {
  test('needs nothing, and has the documented defaults', () => {
    expect(parseEnv({})).toEqual({
      NODE_ENV: 'production',
      RATE_LIMIT_PER_MINUTE: 20,
      IMPORT_MAX_MB: 500,
      PROVIDER_FIRST_TOKEN_TIMEOUT_SECONDS: 120,
      PROVIDER_HEADERS_TIMEOUT_SECONDS: 60,
      PROVIDER_STALL_TIMEOUT_SECONDS: 60,
      REGISTRATION: 'first',
      AUTH_OIDC_NAME: 'Single sign-on',
      OPENAI_MAX_OUTPUT_TOKENS: 8000,
      ANTHROPIC_MODEL: 'claude-sonnet-5',
      ANTHROPIC_UTILITY_MODEL: 'claude-haiku-4-5',
      LOG_LEVEL: 'info',
      PORT: 3000,
      HOST: '127.0.0.1',
      STOA_DATA_DIR: path.resolve('.data'),
      STOA_PROMPTS_DIR: path.resolve('prompts'),
      STOA_OLLAMA_URL: 'http://127.0.0.1:11434',
      TELEGRAM_API_ROOT: 'https://api.telegram.org',
      TELEGRAM_MODE: 'webhook',
    })
  })

  test('takes an empty value for one that is not set', () => {
    const env = parseEnv({ OPENAI_API_KEY: '', OPENAI_TEMPERATURE: ' ', PORT: '', DATABASE_URL: '' })
    expect(env).toEqual(parseEnv({}))
  })

  test('reads numbers, trims texts and makes folders absolute', () => {
    const env = parseEnv({
      PORT: '8080',
      OPENAI_TEMPERATURE: '0',
      OPENAI_MODEL: ' gpt-5.4 ',
      MODELS: 'gpt-5.4 , anthropic:claude-sonnet-5,',
      STOA_DATA_DIR: 'data',
    })
    expect(env).toMatchObject({ PORT: 8080, OPENAI_TEMPERATURE: 0, OPENAI_MODEL: 'gpt-5.4' })
    expect(env.MODELS).toEqual(['gpt-5.4', 'anthropic:claude-sonnet-5'])
    expect(env.STOA_DATA_DIR).toBe(path.resolve('data'))
  })

  test('lists every fault at once, of single variables and of those that belong together', () => {
    const faults = faultsOf(() =>
      parseEnv({
        PORT: '70000',
        OPENAI_BASE_URL: 'example.com',
        REGISTRATION: 'maybe',
        AUTH_GITHUB_ID: 'id',
      }),
    )
    expect(faults).toEqual([
      'REGISTRATION is "maybe": wants open, first or closed',
      'OPENAI_BASE_URL is "example.com": wants an http:// or https:// address',
      'PORT is "70000": wants a whole number from 1 to 65535',
      'AUTH_GITHUB_SECRET is not set: wants a value, since AUTH_GITHUB_ID needs it',
    ])
  })

  test.each([
    ['OPENAI_MAX_OUTPUT_TOKENS', '12', 'a whole number from 16 to 1000000'],
    ['OPENAI_MAX_OUTPUT_TOKENS', '100.5', 'a whole number from 16 to 1000000'],
    ['OPENAI_MAX_OUTPUT_TOKENS', 'many', 'a whole number from 16 to 1000000'],
    ['MODEL_CONTEXT_WINDOW', '1', 'a whole number from 1000 to 10000000'],
    ['CONTEXT_BUDGET', '499', 'a whole number from 500 to 10000000'],
    ['MONTHLY_BUDGET_USD', '-1', 'dollars, from 0 to 1000000'],
    ['MONTHLY_BUDGET_USD', '$5', 'dollars, from 0 to 1000000'],
    ['OPENAI_TEMPERATURE', '3', 'a number from 0 to 2'],
    ['LOG_LEVEL', 'loud', 'trace, debug, info, warn, error, fatal or silent'],
    ['NODE_ENV', 'staging', 'development, production or test'],
    ['AUTH_URL', 'ftp://example.com', 'an http:// or https:// address'],
  ])('says what %s wants when it is "%s"', (name, value, wants) => {
    expect(faultsOf(() => parseEnv({ [name]: value }))).toEqual([`${name} is "${value}": wants ${wants}`])
  })

  test('reads prices; input that was cached costs as much as other input unless it is said', () => {
    const { MODEL_PRICES } = parseEnv({
      MODEL_PRICES: '{"a/b": {"input": 1, "output": 2}, "c": {"input": 1, "cachedInput": 0, "output": 2}}',
    })
    expect(MODEL_PRICES).toEqual({
      'a/b': { input: 1, cachedInput: 1, output: 2 },
      c: { input: 1, cachedInput: 0, output: 2 },
    })
  })

  test.each([
    ['free', ''],
    ['[]', '; '],
    ['{"m": 3}', '; m: '],
    ['{"m": {"input": 1}}', '; m.output: '],
    ['{"m": {"input": -1, "output": 1}}', '; m.input: '],
    ['{"m": {"input": "1", "output": 1}}', '; m.input: '],
    ['{"m": {"input": 1, "cached": 1, "output": 1}}', '; m: Unrecognized key'],
  ])('says how prices are written when they are %s', (value, detail) => {
    const [fault] = faultsOf(() => parseEnv({ MODEL_PRICES: value }))
    expect(fault).toContain(`MODEL_PRICES is "${value}": wants JSON such as {"my-model": {"input": 2.5`)
    expect(fault).toContain(`in dollars for a million tokens${detail}`)
  })

  test.each([
    ['DATABASE_URL', 'mysql://root:hunter2@db/stoa'],
    ['AUTH_SECRET', 'hunter2'],
    ['OPENAI_API_KEY', 'sk-...'],
    ['TELEGRAM_BOT_TOKEN', 'hunter2'],
    ['TELEGRAM_WEBHOOK_SECRET', 'hunter 2'],
  ])('never repeats the value of %s', (name, value) => {
    const faults = faultsOf(() => parseEnv({ [name]: value }))
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(`${name} has ${value.length} characters: wants`)
    expect(faults[0]).not.toContain(value)
  })

  test.each(['change-me', 'Your-Secret', 'sk-...'])('refuses the example secret "%s"', (value) => {
    const faults = faultsOf(() =>
      parseEnv({ AUTH_SECRET: value, ANTHROPIC_API_KEY: value, AUTH_GITHUB_SECRET: value }),
    )
    for (const name of ['AUTH_SECRET', 'ANTHROPIC_API_KEY', 'AUTH_GITHUB_SECRET']) {
      expect(faults.join('\n')).toMatch(new RegExp(`^${name} .*not the example$`, 'm'))
    }
  })
})

describe('parseServerEnv', () => {
  test('gives a server what it cannot run without', () => {
    expect(parseServerEnv(server)).toMatchObject(server)
  })

  test('names both variables when they are missing, beside every other fault', () => {
    expect(faultsOf(() => parseServerEnv({ PORT: 'x', AUTH_SECRET: '' }))).toEqual([
      'PORT is "x": wants a whole number from 1 to 65535',
      expect.stringMatching(/^DATABASE_URL is not set: wants a postgresql:\/\/ address/),
      expect.stringMatching(/^AUTH_SECRET is not set: wants a random text/),
    ])
  })
})

describe('.env.example', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  const shown = parseDotEnv(example.replaceAll(/^# ?(?=[A-Z][A-Z_]*=)/gm, ''))

  test('documents every variable, and no other', () => {
    const source = readFileSync(new URL('./env.ts', import.meta.url), 'utf8')
    const schema = source.split('z.object({')[1]?.split('\n})')[0] ?? ''
    const variables = [...schema.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name)
    expect(variables.length).toBeGreaterThan(30)
    // Set by whatever runs Stoa, never by a person.
    expect(Object.keys(shown).sort()).toEqual(variables.filter((name) => name !== 'NODE_ENV').sort())
  })

  test('can be used as it is', () => {
    expect(parseEnv(parseDotEnv(example))).toEqual(parseEnv({}))
  })
})
