import { call, readBody, readFile } from '#components/chat/chat-api.ts'
import type { ExportFormat } from '#lib/chat/export-conversation.ts'
import type { BulkRequest } from '#lib/chat/library-request.ts'
import type { ConversationPage, DeletedPage, Folder } from '#lib/chat/types.ts'

/** A part of the library that is read page by page; anything else is the id of a folder. */
export type ListName = 'pinned' | 'recent' | 'archived' | (string & {})

/** What the page asks of the server about the library. Every call throws a RequestError. */
export interface LibraryApi {
  /** @param before the `nextCursor` of the page before; NULL: the first */
  list(name: ListName, before: string | null): Promise<ConversationPage>
  deleted(before: string | null): Promise<DeletedPage>
  /** All that is in the trash is gone for good. */
  emptyTrash(): Promise<void>
  /** All of them or none. */
  changeMany(request: BulkRequest): Promise<void>
  exportMany(ids: string[], format: ExportFormat): Promise<{ blob: Blob; fileName: string }>
  folders(): Promise<Folder[]>
  makeFolder(wanted: FolderFields): Promise<Folder>
  changeFolder(id: string, change: Partial<FolderFields> & FolderPlace): Promise<Folder>
  removeFolder(id: string): Promise<void>
}

export type FolderFields = Pick<Folder, 'name' | 'persona' | 'instructions'>

interface FolderPlace {
  isOpen?: boolean
  /** Among the folders, from 0. */
  position?: number
}

/** Hundreds of long conversations are read before the first byte comes. */
const EXPORT_PATIENCE_MS = 120_000

const queries: Record<string, Record<string, string>> = {
  pinned: { pinned: 'true' },
  recent: { pinned: 'false', folder: 'none' },
  archived: { archived: 'true' },
}

export const libraryApi: LibraryApi = {
  async list(name, before) {
    const query = new URLSearchParams(queries[name] ?? { pinned: 'false', folder: name })
    if (before !== null) query.set('before', before)
    return readBody(await call('GET', `/api/conversations?${query}`))
  },
  async deleted(before) {
    const query = before === null ? '' : `?before=${encodeURIComponent(before)}`
    return readBody(await call('GET', `/api/conversations/deleted${query}`))
  },
  async emptyTrash() {
    await call('DELETE', '/api/conversations/deleted')
  },
  async changeMany(request) {
    await call('POST', '/api/conversations/bulk', { body: request })
  },
  async exportMany(ids, format) {
    const options = { body: { ids, format }, patienceMs: EXPORT_PATIENCE_MS }
    const response = await call('POST', '/api/conversations/export', options)
    return readFile(response, 'conversations')
  },
  async folders() {
    return (await readBody<{ folders: Folder[] }>(await call('GET', '/api/v1/folders'))).folders
  },
  async makeFolder(wanted) {
    return readBody(await call('POST', '/api/v1/folders', { body: wanted }))
  },
  async changeFolder(id, change) {
    return readBody(await call('PATCH', `/api/v1/folders/${id}`, { body: change }))
  },
  async removeFolder(id) {
    await call('DELETE', `/api/v1/folders/${id}`)
  },
}
