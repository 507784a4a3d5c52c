import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { type CollectionTag, parse } from 'yaml'
import { z } from 'zod'
import { parseEnv } from '#lib/env.ts'
import { readSecretFiles } from '../container/read-secret-files.ts'
import { inProject } from '../launch/project.ts'

/** The grace that Stoa's own stopping needs: 8 s for answers, 1.5 s to store, 1 s for jobs. */
const DRAIN_SECONDS = 10.5

const duration = z.string().regex(/^\d+s$/)
const service = z.strictObject({
  image: z.string(),
  build: z.string().optional(),
  deploy: z.strictObject({ replicas: z.number() }).optional(),
  restart: z.literal('unless-stopped'),
  stop_grace_period: duration.optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).optional(),
  ports: z.array(z.string()).optional(),
  env_file: z.array(z.strictObject({ path: z.literal('.env'), required: z.literal(false) })).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  extra_hosts: z.array(z.string()).optional(),
  secrets: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string()).optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  shm_size: z.string().optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.union([z.string(), z.number()])),
      ...{ interval: duration, timeout: duration, start_period: duration, retries: z.number() },
    })
    .optional(),
})
const composeFile = z.strictObject({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
})

/** What may stand in a file that is laid over another one: each of its services adds to the one of that name. */
const overlay = z.strictObject({ services: z.record(z.string(), z.record(z.string(), z.unknown())) })
type Overlay = z.infer<typeof overlay>

/** The files that are used together. */
const CASES = [['compose.yaml'], ['compose.yaml', 'compose.scale.yaml']].map(
  (files) => [files.join(' and '), files] as const,
)

const reset: CollectionTag = { tag: '!reset', collection: 'seq', resolve: (sequence) => sequence }

function read(files: string[]) {
  const texts = files.map((file) => readFileSync(inProject(file), 'utf8'))
  const [base, ...others] = texts.map((text): unknown => parse(text, { customTags: [reset] }))
  const whole = others.reduce<unknown>((lower, upper) => lay(lower, overlay.parse(upper)), base)
  return { text: texts.join('\n'), ...composeFile.parse(whole) }
}

/** As Compose does it, for what our files have: mappings are joined, everything else is replaced. */
function lay(lower: unknown, upper: Overlay | Record<string, unknown>): unknown {
  const result: Record<string, unknown> = { ...z.record(z.string(), z.unknown()).parse(lower) }
  for (const [name, value] of Object.entries(upper)) {
    const mapping = z.record(z.string(), z.unknown()).safeParse(value)
    result[name] = mapping.success && name in result ? lay(result[name], mapping.data) : value
  }
  return result
}

/** Of its own, or that of the image which is built here. */
function hasHealthCheck({ healthcheck, build }: Partial<z.infer<typeof service>> = {}): boolean {
  const dockerfile = build && readFileSync(inProject(build, 'Dockerfile'), 'utf8')
  return healthcheck !== undefined || /^HEALTHCHECK /m.test(dockerfile ?? '')
}

test.each(CASES)('%s: every service, volume, secret and file that is named is there', (_, files) => {
  const { services, volumes, secrets } = read(files)
  const used = { volumes: new Set<string>(), secrets: new Set<string>() }
  for (const { depends_on = {}, ...rest } of Object.values(services)) {
    for (const name of Object.keys(depends_on)) expect(hasHealthCheck(services[name]), name).toBe(true)
    for (const name of rest.secrets ?? []) used.secrets.add(name)
    for (const [source = ''] of (rest.volumes ?? []).map((volume) => volume.split(':'))) {
      if (source.startsWith('./')) readFileSync(inProject(source))
      else used.volumes.add(source)
    }
    for (const value of Object.values(rest.environment ?? {})) {
      const [, name] = /^\/run\/secrets\/(.*)$/.exec(String(value)) ?? []
      if (name) expect(rest.secrets).toContain(name)
    }
  }
  expect([...used.volumes].sort()).toEqual(Object.keys(volumes).sort())
  expect([...used.secrets].sort()).toEqual(Object.keys(secrets).sort())
  const ignored = readFileSync(inProject('.gitignore'), 'utf8').split('\n')
  for (const { file } of Object.values(secrets)) expect(ignored).toContain(`${path.dirname(file)}/`)
})

test.each(CASES)(
  '%s: a variable of the machine is optional and has the name that .env.example gives it',
  (_, files) => {
    const known = readFileSync(inProject('.env.example'), 'utf8')
    for (const [whole, name] of read(files).text.matchAll(/\$\{(\w+)[^}]*\}/g)) {
      expect(whole).toContain(':-')
      expect(known).toContain(`# ${name}=`)
    }
  },
)

test.each(CASES)('%s: what Stoa is given is a configuration that it takes', async (_, files) => {
  const { services } = read(files)
  const ours = Object.values(services).filter(({ image }) => image === 'stoa')
  expect(ours.length).toBeGreaterThan(0)
  for (const { environment = {}, stop_grace_period = '0s', read_only, ...rest } of ours) {
    const filled = Object.fromEntries(
      Object.entries(environment)
        .filter(([name]) => !name.endsWith('_FILE'))
        .map(([name, value]) => [name, String(value).replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')]),
    )
    expect(parseEnv(filled).DATABASE_URL).toContain('postgresql://stoa@')
    // Each is read by the image, and the passwords are in no variable.
    const named = Object.entries(environment).filter(([name]) => name.endsWith('_FILE'))
    expect(named.map(([name]) => name)).toEqual(['PGPASSWORD_FILE', 'AUTH_SECRET_FILE'])
    for (const [name, value] of named) {
      await expect(readSecretFiles({ [name]: String(value) })).rejects.toThrow(name)
    }
    expect(Number.parseInt(stop_grace_period, 10)).toBeGreaterThan(DRAIN_SECONDS)
    expect(read_only).toBe(true)
    expect(rest.depends_on).toHaveProperty('postgres', { condition: 'service_healthy' })
  }
})

test.each(CASES)('%s: PostgreSQL 18 keeps its data in a named volume, where it wants it', (_, files) => {
  const { postgres } = read(files).services
  expect(postgres?.image).toBe('postgres:18')
  expect(postgres?.volumes).toEqual(['postgres:/var/lib/postgresql'])
})

test('several instances: only nginx is reached, they go through the pooler, their migrations past it', () => {
  const { services } = read(['compose.yaml', 'compose.scale.yaml'])
  const open = Object.keys(services).filter((name) => services[name]?.ports?.length)
  expect(open).toEqual(['nginx'])
  expect(services.stoa?.deploy?.replicas).toBe(3)
  expect(services.stoa?.environment).toMatchObject({
    DATABASE_URL: expect.stringContaining('@pgbouncer:6432/'),
    DIRECT_DATABASE_URL: expect.stringContaining('@postgres:5432/'),
    TRUST_PROXY: expect.stringContaining('1'),
  })
  expect(readFileSync(inProject('deploy/pgbouncer/pgbouncer.ini'), 'utf8')).toContain('listen_port = 6432')
  expect(readFileSync(inProject('deploy/nginx/upstream.conf'), 'utf8')).toContain('server stoa:3000 resolve;')
})
