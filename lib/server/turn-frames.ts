import type { TurnFrame } from '#lib/chat/turn-stream.ts'

const encoder = new TextEncoder()

/**
 * One Server-Sent Event of an answer's stream.
 *
 * @param offset the length of the answer in UTF-16 units once this frame is applied, from which a reader can go on
 */
export function encodeFrame(frame: TurnFrame, offset?: number): Uint8Array {
  const id = offset === undefined ? '' : `id: ${offset}\n`
  return encoder.encode(`${id}data: ${JSON.stringify(frame)}\n\n`)
}

/** The end of every stream in the AI SDK's protocol. */
export const doneFrame = encoder.encode('data: [DONE]\n\n')

/** Says nothing, but keeps proxies from closing a stream that is silent. */
export const keepAliveFrame = encoder.encode(': keep-alive\n\n')

export const KEEP_ALIVE_MS = 15_000

export const eventStreamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // nginx and its kin would otherwise hold the stream back.
  'x-accel-buffering': 'no',
} as const
