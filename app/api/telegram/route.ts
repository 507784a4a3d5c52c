import { answerErrors } from '#lib/server/answer-errors.ts'
import { receiveUpdate } from '#lib/telegram/receive-update.ts'

/** Where Telegram sends its updates; what shows another secret than ours is not read. */
export function POST(request: Request): Promise<Response> {
  return answerErrors(async () => {
    await receiveUpdate(request)
    return new Response(null, { headers: { 'cache-control': 'no-store' } })
  })
}
