import { Buffer } from 'node:buffer'

/**
 * What the provider does on the wire, one move at a time. A reply is a list of moves, and bytes are bytes: a scenario
 * may cut inside a character, lie in its head, or fall silent before it.
 */
export type Move =
  | { type: 'head'; status: number; headers: Record<string, string> }
  | { type: 'bytes'; bytes: Uint8Array }
  | { type: 'wait'; milliseconds: number }
  /** Waits until a test opens the gate of this name. */
  | { type: 'gate'; name: string }
  /** Silence until the client leaves. */
  | { type: 'stall' }
  /** Drops the connection (TCP reset) without an end. */
  | { type: 'reset' }
  /** Closes the connection in mid-answer, as a provider that restarts does (TCP FIN). */
  | { type: 'hang-up' }

export type Reply = Iterable<Move>

export function head(status: number, headers: Record<string, string>): Move {
  return { type: 'head', status, headers }
}

export function bytes(text: string): Move {
  return { type: 'bytes', bytes: Buffer.from(text, 'utf8') }
}

export function wait(milliseconds: number): Move {
  return { type: 'wait', milliseconds }
}

/** A whole answer with a length, as providers send errors and titles. */
export function* wholeBody(
  status: number,
  contentType: string,
  body: string,
  headers: Record<string, string> = {},
): Generator<Move> {
  yield head(status, {
    'content-type': contentType,
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  })
  yield bytes(body)
}
