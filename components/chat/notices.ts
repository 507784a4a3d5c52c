import type { RequestError } from './chat-api.ts'

/** What a reading disproves: the server can be reached. */
const reachable = ['unreachable', 'database_unavailable', 'shutting_down', 'too_busy', 'signed_out']

/** What a reading disproves that finds no answer running. */
const passed = [...reachable, 'generation_running']

/** What is still to be said after a conversation was read. */
export function afterReading(notice: RequestError | null, runs: boolean): RequestError | null {
  return notice && (runs ? reachable : passed).includes(notice.code) ? null : notice
}
