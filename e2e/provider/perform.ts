import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Move, Reply } from './moves.ts'
import type { Stage } from './stage.ts'

/** Plays a reply to its end, or until the client leaves. */
export async function perform(reply: Reply, response: ServerResponse, stage: Stage): Promise<void> {
  const left = new AbortController()
  response.once('close', () => left.abort())
  try {
    for (const move of reply) {
      if (left.signal.aborted) return
      await make(move, response, stage, left.signal)
    }
    if (!response.destroyed) response.end()
  } catch (error) {
    if (!left.signal.aborted) throw error
  }
}

async function make(move: Move, response: ServerResponse, stage: Stage, signal: AbortSignal): Promise<void> {
  switch (move.type) {
    case 'head':
      response.writeHead(move.status, move.headers)
      response.flushHeaders()
      return
    case 'bytes':
      if (!response.write(move.bytes)) await once(response, 'drain', { signal })
      return
    case 'wait':
      await sleep(move.milliseconds, undefined, { signal })
      return
    case 'gate':
      await stage.passGate(move.name, signal)
      return
    case 'stall':
      await once(response, 'close')
      return
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'hang-up':
      response.socket?.end()
      response.socket?.destroy()
  }
}
