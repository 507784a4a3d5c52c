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

/** Whether the database could not be reached or had no connection free, so that trying again later can help. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return errorChain(error).some(
    (each) =>
      UNAVAILABLE_CODES.has(String(Reflect.get(each, 'code'))) || UNAVAILABLE_MESSAGE.test(each.message),
  )
}

/** Prisma's connection failures, PostgreSQL's class 08 and 57P, and the socket's own. */
const UNAVAILABLE_CODES = new Set([
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'],
  ...['08000', '08001', '08003', '08006', '53300', '57P01', '57P02', '57P03'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'ENOTFOUND'],
])

const UNAVAILABLE_MESSAGE =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|connection timeout|Can't reach database server|server closed the connection/i

function errorChain(error: unknown): Error[] {
  const chain: Error[] = []
  for (let each = error; each instanceof Error && chain.length < 8; each = each.cause) chain.push(each)
  return chain
}
