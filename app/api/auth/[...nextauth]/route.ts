import type { NextRequest } from 'next/server'
import { handlers } from '#lib/auth/auth.ts'
import { throwSessionFaults } from '#lib/auth/session-faults.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'

/** Where other providers send people back to, and next-auth's own HTTP interface. */
export function GET(request: NextRequest): Promise<Response> {
  return answerErrors(() => throwSessionFaults(() => handlers.GET(request)))
}

export function POST(request: NextRequest): Promise<Response> {
  return answerErrors(() => throwSessionFaults(() => handlers.POST(request)))
}
