import { NextRequest } from 'next/server'
import { handlers } from '#lib/auth/auth.ts'
import { publicOrigin } from '#lib/auth/public-origin.ts'
import { throwSessionFaults } from '#lib/auth/session-faults.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'

/** Where other providers send people back to, and next-auth's own HTTP interface. */
export function GET(request: NextRequest): Promise<Response> {
  return answerErrors(() => throwSessionFaults(() => handlers.GET(asAddressed(request))))
}

export function POST(request: NextRequest): Promise<Response> {
  return answerErrors(() => throwSessionFaults(() => handlers.POST(asAddressed(request))))
}

/** Next puts the address that it listens on into the URL; next-auth sends people back to what it reads there. */
function asAddressed(request: NextRequest): NextRequest {
  const { pathname, search } = request.nextUrl
  const url = URL.parse(pathname + search, publicOrigin(request.headers))
  return url ? new NextRequest(url, request) : request
}
