import { NextRequest } from 'next/server'
import { handlers } from '#lib/auth/auth.ts'
import { publicOrigin } from '#lib/auth/public-origin.ts'
import { throwSessionFaults } from '#lib/auth/session-faults.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { readText } from '#lib/server/read-json.ts'

const MAX_FORM_BYTES = 64_000

/** Where other providers send people back to, and next-auth's own HTTP interface. */
export function GET(request: NextRequest): Promise<Response> {
  return answerErrors(() => throwSessionFaults(() => handlers.GET(asAddressed(request))))
}

export function POST(request: NextRequest): Promise<Response> {
  return answerErrors(async () => {
    const addressed = asAddressed(request)
    // next-auth reads whatever comes, whole, before it looks at who sent it.
    const body = await readText(request, MAX_FORM_BYTES)
    return throwSessionFaults(() =>
      handlers.POST(new NextRequest(addressed.url, { method: 'POST', headers: request.headers, body })),
    )
  })
}

/** Next puts the address that it listens on into the URL; next-auth sends people back to what it reads there. */
function asAddressed(request: NextRequest): NextRequest {
  const { pathname, search } = request.nextUrl
  const url = URL.parse(pathname + search, publicOrigin(request.headers))
  return url ? new NextRequest(url, request) : request
}
