import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
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
  'x-stoa': z.unknown().optional(),
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
})

const FILES = ['compose.yaml']

function read(file: string) {
  const text = readFileSync(inProject(file), 'utf8')
  return { text, ...composeFile.parse(parse(text, { merge: true })) }
}

test.each(FILES)('%s: every service, volume, secret and file that is named is there', (file) => {
  const { services, volumes, secrets } = read(file)
  const used = { volumes: new Set<string>(), secrets: new Set<string>() }
  for (const { depends_on = {}, ...rest } of Object.values(services)) {
    for (const name of Object.keys(depends_on))
      expect(services[name]?.healthcheck ?? services[name]?.build).toBeDefined()
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

test.each(FILES)(
  '%s: a variable of the machine is optional and has the name that .env.example gives it',
  (file) => {
    const known = readFileSync(inProject('.env.example'), 'utf8')
    for (const [whole, name] of read(file).text.matchAll(/\$\{(\w+)[^}]*\}/g)) {
      expect(whole).toContain(':-')
      expect(known).toContain(`# ${name}=`)
    }
  },
)

test.each(FILES)('%s: what Stoa is given is a configuration that it takes', async (file) => {
  const { services } = read(file)
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

test.each(FILES)('%s: PostgreSQL 18 keeps its data in a named volume, where it wants it', (file) => {
  const { postgres } = read(file).services
  expect(postgres?.image).toBe('postgres:18')
  expect(postgres?.volumes).toEqual(['postgres:/var/lib/postgresql'])
})
