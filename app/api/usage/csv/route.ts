import { cookies } from 'next/headers'
import { requireUser } from '#lib/auth/session.ts'
import { lastDays } from '#lib/chat/local-days.ts'
import { TIME_ZONE_COOKIE, timeZoneFrom } from '#lib/chat/time-zone.ts'
import { usagePeriods } from '#lib/chat/usage-report.ts'
import { AppError } from '#lib/errors.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'
import { textStream } from '#lib/server/text-stream.ts'
import { usageCsv } from '#lib/server/usage-csv.ts'

/** Every call of the last 7, 30 (the usual) or 90 days as a table, by the days that the page shows. */
export function GET(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    // It changes nothing, but another site could have it made again and again.
    requireOwnOrigin(request)
    const asked = new URL(request.url).searchParams.get('days') ?? '30'
    const period = usagePeriods.find((days) => String(days) === asked)
    if (!period) {
      throw new AppError('invalid_request', `Usage is told of the last ${usagePeriods.join(', ')} days.`, {
        field: 'days',
      })
    }
    const timeZone = timeZoneFrom((await cookies()).get(TIME_ZONE_COOKIE)?.value)
    const [first, last] = ends(lastDays(period, timeZone, new Date()))
    return new Response(textStream(usageCsv(user.id, first.startsAt)), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="stoa-usage-${first.day}-to-${last.day}.csv"`,
        'cache-control': 'no-store',
      },
    })
  })
}

function ends<T>(list: T[]): [T, T] {
  const [first, last] = [list[0], list.at(-1)]
  if (!first || !last) throw new Error('a period has days')
  return [first, last]
}
