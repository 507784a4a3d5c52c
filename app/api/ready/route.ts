import { readReadiness } from '#lib/server/readiness.ts'

/** Whether requests should be sent here: 200, or 503 with the reasons. For load balancers; no token, and nothing secret. */
export async function GET(): Promise<Response> {
  const reasons = await readReadiness()
  const isReady = reasons.length === 0
  const body = isReady ? { status: 'ready' } : { status: 'not_ready', reasons }
  return Response.json(body, { status: isReady ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
