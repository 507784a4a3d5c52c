import { z } from 'zod'

/**
 * The name of the constraint that a statement broke, or NULL when the error is something else.
 * PostgreSQL reports 23505 (unique) and 23503 (foreign key) with the constraint's name.
 */
export function violatedConstraint(error: unknown): string | null {
  const text = errorChain(error)
    .map((each) => `${each.message} ${JSON.stringify(Reflect.get(each, 'meta') ?? '')}`)
    .join('\n')
  return /constraint [\\"`]+([A-Za-z_]+)[\\"`]+/.exec(text)?.[1] ?? null
}

/** Whether the database could not be reached, or could not do what was asked now, so that trying again later can help. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return errorChain(error).some(
    (each) =>
      UNAVAILABLE_CODES.has(String(Reflect.get(each, 'code'))) ||
      UNAVAILABLE_CODES.has(String(postgresCode(each))) ||
      UNAVAILABLE_MESSAGE.test(each.message),
  )
}

/** Whether a statement, or a transaction, was broken off because it took longer than it may. */
export function isStatementTimeout(error: unknown): boolean {
  return errorChain(error).some(
    (each) =>
      postgresCode(each) === '57014' ||
      (Reflect.get(each, 'code') === 'P2028' && !/Unable to start/.test(each.message)) ||
      /Query read timeout/i.test(each.message),
  )
}

/** Whether PostgreSQL broke off this transaction because it and another waited for one another: again, it can be done. */
export function isDeadlock(error: unknown): boolean {
  return errorChain(error).some(
    (each) => Reflect.get(each, 'code') === 'P2034' || postgresCode(each) === '40P01',
  )
}

/**
 * Prisma's connection failures; PostgreSQL's of connections (08), resources such as disk and memory (53), being shut down or
 * started (57P), a statement over its time (57014), a standby (25006), the disk (58030); and the socket's own.
 */
const UNAVAILABLE_CODES = new Set([
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'],
  ...['08000', '08001', '08003', '08006', '53000', '53100', '53200', '53300', '53400'],
  ...['57014', '57P01', '57P02', '57P03', '25006', '58030'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'ENOTFOUND'],
])

const UNAVAILABLE_MESSAGE =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|connection timeout|Can't reach database server|server closed the connection/i

/** PostgreSQL's own code, which Prisma keeps below its own. */
function postgresCode(error: Error): unknown {
  const { data } = driverError.safeParse(error)
  return data?.meta.driverAdapterError.cause.originalCode
}

const driverError = z.object({
  meta: z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) }),
})

function errorChain(error: unknown): Error[] {
  const chain: Error[] = []
  for (let each = error; each instanceof Error && chain.length < 8; each = each.cause) chain.push(each)
  return chain
}
