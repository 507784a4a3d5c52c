/**
 * A stream of bytes that starts its work when it is first read. Next neither reads nor cancels the body of an answer
 * whose client left before it was made, nor of one to HEAD: what such a stream had started would never end.
 *
 * @param start begins to write and returns what ends it; not called when nobody reads
 */
export function lazyStream(
  start: (controller: ReadableStreamDefaultController<Uint8Array>) => () => void,
): ReadableStream<Uint8Array> {
  let stop: (() => void) | undefined
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        stop ??= start(controller)
      },
      cancel: () => stop?.(),
    },
    { highWaterMark: 0 },
  )
}
