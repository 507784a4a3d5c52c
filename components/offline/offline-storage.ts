import type { SharedMessage } from '#lib/chat/share.ts'

/** A conversation as it was read last, to be read again where the server cannot be reached. */
export interface KeptConversation {
  id: string
  userId: string
  title: string
  /** When it was read, in ms since 1970. */
  readAt: number
  /** The newest of them. */
  messages: SharedMessage[]
}

/** How many conversations are kept, and how many messages of each. */
const MOST_KEPT = 20
export const MOST_MESSAGES = 200

/** What was not read for so long is kept no longer. */
const KEPT_FOR_MS = 30 * 86_400_000

const DATABASE = 'stoa-offline'
const STORE = 'conversations'

/** Its place in the store: no text is read to find out whose it is. */
type KeptKey = [userId: string, id: string]

/** Keeps a conversation as it is; of this person alone, and no more than the last ones that were read. */
export async function keepForOffline(conversation: KeptConversation): Promise<void> {
  await withStore('readwrite', async (store) => {
    store.put(conversation)
    const oldest = (await done(store.index('readAt').getAllKeys())) as KeptKey[]
    const own = oldest.filter(([userId]) => userId === conversation.userId)
    const stays = own.slice(-MOST_KEPT)
    for (const key of oldest) if (!stays.includes(key)) store.delete(key)
  })
}

/** The conversations that are kept, the one that was read last first. */
export async function readKept(): Promise<KeptConversation[]> {
  const isFresh = IDBKeyRange.lowerBound(Date.now() - KEPT_FOR_MS)
  const kept = await withStore('readonly', async (store) => done(store.index('readAt').getAll(isFresh)))
  return ((kept ?? []) as KeptConversation[]).reverse()
}

/** Keeps a conversation no longer. */
export async function forgetKept(userId: string, id: string): Promise<void> {
  await withStore('readwrite', async (store) => done(store.delete([userId, id])))
}

/** Keeps nothing of others than this person, and nothing old; NULL: nothing of anybody. */
export async function forgetOthers(userId: string | null): Promise<void> {
  await withStore('readwrite', async (store) => {
    const isOld = IDBKeyRange.upperBound(Date.now() - KEPT_FOR_MS)
    const old = (await done(store.index('readAt').getAllKeys(isOld))) as KeptKey[]
    const all = (await done(store.getAllKeys())) as KeptKey[]
    for (const key of all.filter(([owner]) => owner !== userId).concat(old)) store.delete(key)
  })
}

/** Where the browser keeps no databases (private windows of some, or by the person's will) nothing is kept: NULL. */
async function withStore<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<T>,
): Promise<T | null> {
  const database = await open().catch(() => null)
  if (!database) return null
  try {
    const transaction = database.transaction(STORE, mode)
    const ended = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
    const [result] = await Promise.all([work(transaction.objectStore(STORE)), ended])
    return result
  } catch {
    // A full disk: it is not kept.
    return null
  } finally {
    database.close()
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(STORE, { keyPath: ['userId', 'id'] })
      store.createIndex('readAt', 'readAt')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
