import { JSONParser } from '@streamparser/json'
import { ImportFaultError } from '#lib/chat/import-faults.ts'

/** How much is parsed at a time, in bytes: a few milliseconds' work. */
const SLICE_BYTES = 65_536
/** The longest conversation that is held, in bytes. */
const MOST_BYTES = 64 * 1_048_576

/** Our own object has lists of other things beside them; the end of each element tells that no more of it is held. */
const PATHS_IN_OBJECT = ['$.*.*']

/** What stands in the place of a conversation, or of a text that ledgers name, and how many bytes were read with it. */
export interface DocumentItem {
  kind: 'conversation' | 'text'
  value: unknown
  bytes: number
}

/**
 * The elements of a list of conversations, each as it is complete: of an array, as other services export it, or of our own
 * object. No more than one of them and a slice is held at a time.
 *
 * @throws ImportFaultError after the elements before the place where the JSON is damaged
 */
export async function* readJsonDocument(content: AsyncIterable<Uint8Array>): AsyncGenerator<DocumentItem> {
  let parser: JSONParser | null = null
  let found: DocumentItem[] = []
  let bytes = 0
  let bytesBefore = 0
  for await (const chunk of content) {
    for (const slice of slicesOf(chunk)) {
      parser ??= parserFor(slice, (kind, value) => {
        bytesBefore = bytes
        if (kind) found.push({ kind, value, bytes })
      })
      bytes += slice.byteLength
      // Blank so far.
      if (!parser) continue
      const isSound = feed(parser, slice)
      yield* found
      found = []
      if (!isSound) throw new ImportFaultError('broken_json')
      if (bytes - bytesBefore > MOST_BYTES) throw new ImportFaultError('conversation_too_large')
    }
  }
  if (parser && !parser.isEnded) throw new ImportFaultError('broken_json')
}

function* slicesOf(chunk: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < chunk.byteLength; start += SLICE_BYTES) {
    yield chunk.subarray(start, start + SLICE_BYTES)
  }
}

function feed(parser: JSONParser, slice: Uint8Array): boolean {
  try {
    if (!parser.isEnded) parser.write(slice)
    return true
  } catch {
    return false
  }
}

/** By the list of our own object that it stands in; what stands in others is not read. */
const kinds = new Map<unknown, DocumentItem['kind']>([
  ['conversations', 'conversation'],
  ['promptTexts', 'text'],
])

/** By how the document begins. NULL: with blanks alone. */
function parserFor(
  slice: Uint8Array,
  take: (kind: DocumentItem['kind'] | undefined, value: unknown) => void,
): JSONParser | null {
  const first = new TextDecoder().decode(slice).trimStart()[0]
  if (first === undefined) return null
  if (first !== '[' && first !== '{') throw new ImportFaultError('not_an_export')
  const paths = first === '[' ? ['$.*'] : PATHS_IN_OBJECT
  const parser = new JSONParser({ paths, keepStack: false, stringBufferSize: SLICE_BYTES })
  parser.onValue = ({ value, stack }) => {
    take(first === '[' ? 'conversation' : kinds.get(stack[1]?.key), value)
  }
  return parser
}
