import { RequestError } from './chat-api.ts'
import { oneAtATime } from './one-at-a-time.ts'

/** Reads something that also changes by other ways: what was read is used only when nothing has changed meanwhile. */
export interface FreshReader {
  /** Reads, unless a reading is under way. */
  refresh(): Promise<void>
  /** Something has changed by another way. */
  touch(): void
}

interface FreshReaderOptions<T> {
  read(): Promise<T>
  /** Whether a reading has to be dropped: its subject is about to change. */
  isHeld(): boolean
  onRead(value: T): void
  onRefusal(error: RequestError): void
}

export function createFreshReader<T>({
  read,
  isHeld,
  onRead,
  onRefusal,
}: FreshReaderOptions<T>): FreshReader {
  let epoch = 0

  async function readFresh(): Promise<void> {
    const begun = epoch
    try {
      const value = await read()
      if (isHeld()) return
      if (begun !== epoch) return await readFresh()
      onRead(value)
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      onRefusal(error)
    }
  }

  return {
    refresh: oneAtATime(readFresh),
    touch() {
      epoch += 1
    },
  }
}
