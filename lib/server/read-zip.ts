import { Readable } from 'node:stream'
import yauzl from 'yauzl'
import { ImportFaultError } from '#lib/chat/import-faults.ts'
import type { OtherFiles } from '#lib/chat/import-report.ts'

/** Bytes that can be read from any place, such as a file that came in pieces. */
export interface ByteSource {
  size: number
  /** The bytes from `start` up to `end`, which is not among them. */
  read(start: number, end: number): AsyncIterable<Uint8Array>
}

/** A file with JSON in it. */
export interface JsonDocument {
  /** Of its bytes as they are read. */
  size: number
  open(): Promise<AsyncIterable<Uint8Array>>
}

/** An export of years with its images has some ten thousand. */
const MOST_FILES = 100_000
/** JSON of conversations shrinks to a tenth or twentieth. */
const MOST_RATIO = 150
/** What is smaller does no harm, however small it was packed. */
const ALWAYS_FINE_BYTES = 1_048_576

/**
 * The documents of an archive that can hold conversations: those called so, or, where there is none, all of JSON. Nothing is
 * unpacked before it is read, and no more than the archive says. Archives within it stay closed.
 *
 * @param mostBytes all documents together may have, unpacked
 * @throws ImportFaultError also when it names a path outside itself
 */
export async function readZip(
  source: ByteSource,
  mostBytes: number,
): Promise<{ documents: JsonDocument[]; otherFiles: OtherFiles }> {
  const zip = await openZip(source)
  const json: yauzl.Entry[] = []
  const otherFiles: OtherFiles = {}
  try {
    if (zip.entryCount > MOST_FILES) throw new ImportFaultError('too_many_files')
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      if (/\.json$/i.test(entry.fileName)) json.push(entry)
      else countOther(otherFiles, entry.fileName)
    }
  } catch (error) {
    throw asFault(error)
  }
  const named = json.filter(({ fileName }) => /(^|\/)conversations([-_]\d+)?\.json$/i.test(fileName))
  const chosen = (named.length > 0 ? named : json).toSorted(byName)
  checkSizes(chosen, mostBytes)
  return { documents: chosen.map((entry) => documentOf(zip, entry)), otherFiles }
}

async function openZip({ size, read }: ByteSource): Promise<yauzl.ZipFile> {
  class Reader extends yauzl.RandomAccessReader {
    override _readStreamForRange(start: number, end: number): Readable {
      return Readable.from(read(start, end), { objectMode: false })
    }
  }
  try {
    return await yauzl.fromRandomAccessReaderPromise(new Reader(), size, { autoClose: false })
  } catch (error) {
    throw asFault(error)
  }
}

function countOther(otherFiles: OtherFiles, name: string): void {
  const kind = /\.(png|jpe?g|gif|webp|heic|svg|dat)$/i.test(name)
    ? 'images'
    : /\.(zip|gz|tgz|7z|rar|tar|bz2|xz|zst)$/i.test(name)
      ? 'archives'
      : 'others'
  otherFiles[kind] = (otherFiles[kind] ?? 0) + 1
}

function checkSizes(entries: yauzl.Entry[], mostBytes: number): void {
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
  const isBomb = entries.some(
    ({ uncompressedSize, compressedSize }) =>
      uncompressedSize > ALWAYS_FINE_BYTES && uncompressedSize > compressedSize * MOST_RATIO,
  )
  if (isBomb || total > mostBytes) throw new ImportFaultError('unpacks_too_large')
  if (entries.some((entry) => entry.isEncrypted())) throw new ImportFaultError('encrypted')
}

function documentOf(zip: yauzl.ZipFile, entry: yauzl.Entry): JsonDocument {
  return {
    size: entry.uncompressedSize,
    async open() {
      try {
        // It breaks off where more comes out than the archive says.
        return faultsOf(await zip.openReadStreamPromise(entry))
      } catch (error) {
        throw asFault(error)
      }
    },
  }
}

async function* faultsOf(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch (error) {
    throw asFault(error)
  }
}

/** What the archive's reader throws in words is the archive's fault; anything with a code is the system's or the database's. */
function asFault(error: unknown): unknown {
  if (error instanceof ImportFaultError || !(error instanceof Error)) return error
  if (/relative path|absolute path|invalid characters in fileName/.test(error.message)) {
    return new ImportFaultError('unsafe_path')
  }
  const code = Reflect.get(error, 'code')
  const isArchives = code === undefined || /^Z_|^ERR_ZLIB/.test(String(code))
  return isArchives && error.name === 'Error'
    ? new ImportFaultError('broken_archive', { cause: error })
    : error
}

const names = new Intl.Collator('en', { numeric: true })

function byName(a: yauzl.Entry, b: yauzl.Entry): number {
  return names.compare(a.fileName, b.fileName)
}
