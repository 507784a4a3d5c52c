import { requireScraper } from '#lib/auth/require-scraper.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { metrics } from '#lib/server/metrics.ts'

/** What this process counts, for Prometheus. */
export function GET(request: Request): Promise<Response> {
  return answerErrors(async () => {
    requireScraper(request.headers)
    const { registry } = metrics()
    return new Response(await registry.metrics(), {
      headers: { 'content-type': registry.contentType, 'cache-control': 'no-store' },
    })
  })
}
