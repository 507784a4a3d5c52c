import { request as httpRequest } from 'node:http'
import { StampReader, sharedMicros } from '#e2e/provider/stamp.ts'

/** A POST whose answer is a stream of stamped tokens. */
export interface StreamRequest {
  url: string
  headers: Record<string, string>
  body: string
}

/** What one stream showed. */
export interface StreamSample {
  /** When it was asked for, and when the provider was, in `sharedMicros`. */
  sentAt: number
  arrivedAt: number
  /** Milliseconds from a token's writing to its reading here, for each token. */
  tokenDelays: number[]
  /** How many milliseconds later than it was due the provider wrote a token, for each token. */
  lateness: number[]
}

/**
 * Sends a request on a connection of its own and reads the answer to its end.
 *
 * @param interval how many milliseconds lie between two tokens
 * @returns NULL when the server was too busy to answer (503)
 * @throws Error when the answer is not a whole one
 */
export async function openStream(
  request: StreamRequest,
  tokens: number,
  interval: number,
): Promise<StreamSample | null> {
  const reader = new StampReader()
  const written: number[] = []
  const tokenDelays: number[] = []
  const sentAt = sharedMicros()
  const status = await post(request, (text) => {
    const readAt = sharedMicros()
    for (const writtenAt of reader.push(text)) {
      written.push(writtenAt)
      tokenDelays.push((readAt - writtenAt) / 1000)
    }
  })
  if (status === 503) return null
  const [first] = written
  if (reader.arrivedAt === null || first === undefined || written.length !== tokens) {
    throw new Error(`${request.url} answered ${status} with ${written.length} of ${tokens} tokens`)
  }
  return {
    sentAt,
    arrivedAt: reader.arrivedAt,
    tokenDelays,
    lateness: written.map((writtenAt, index) => (writtenAt - first) / 1000 - index * interval),
  }
}

/** @returns the status, once the answer has ended */
function post({ url, headers, body }: StreamRequest, onText: (text: string) => void): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const request = httpRequest(url, { method: 'POST', agent: false, headers }, (response) => {
    response.setEncoding('latin1').on('data', onText).once('error', reject)
    response.once('end', () => resolve(response.statusCode ?? 0))
  })
  request.once('error', reject)
  request.end(body)
  return promise
}
