import { log } from '#lib/log.ts'

/** How much is handed on at a time, in UTF-16 units: pieces that are smaller travel together. */
const PIECE_LENGTH = 65_536

/**
 * A text that is made piece by piece as a stream of bytes, made no faster than it is read. One that breaks off is broken
 * off: its reader must not take it for whole.
 */
export function textStream(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          let text = ''
          while (text.length < PIECE_LENGTH) {
            const piece = await pieces.next()
            if (piece.done) break
            text += piece.value
          }
          if (text === '') controller.close()
          else controller.enqueue(encoder.encode(text))
        } catch (error) {
          log().error({ error: String(error) }, 'a text broke off')
          controller.error(error)
        }
      },
      async cancel() {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}
