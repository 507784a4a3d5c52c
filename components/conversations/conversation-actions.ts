import { type Cell, createCell } from '#components/chat/cell.ts'
import { asRequestError, RequestError } from '#components/chat/chat-api.ts'
import type { BulkRequest } from '#lib/chat/library-request.ts'
import { MAX_BULK, TRASH_DAYS } from '#lib/chat/limits.ts'
import { listItemOf } from '#lib/chat/list-item-of.ts'
import type { ConversationListItem } from '#lib/chat/types.ts'
import type { ConversationList } from './conversation-list.ts'
import type { FolderList } from './folder-list.ts'
import type { LibraryApi } from './library-api.ts'
import type { TrashList } from './trash-list.ts'

/** What was done, or could not be done, and what takes it back or tries it again. */
export interface LibraryNotice {
  text: string
  isFailure: boolean
  /** NULL: there is nothing to take back. */
  action: { label: 'Undo' | 'Retry'; run(): void } | null
}

type Action = BulkRequest extends infer Each ? (Each extends BulkRequest ? Omit<Each, 'ids'> : never) : never

interface ActionOptions {
  api: Pick<LibraryApi, 'changeMany' | 'emptyTrash'>
  list: ConversationList
  trash: Pick<TrashList, 'put' | 'putBack' | 'remove' | 'clear' | 'stillThere'>
  folders: Pick<FolderList, 'find'>
  /** Conversations go from the page: what is shown of them is to be left. */
  onRemoved(ids: string[]): void
  /** A screen reader says it. */
  announce(sentence: string): void
}

/**
 * What is done with conversations, one or many: it shows at once, says so, and can be taken back. What the server does
 * not do is taken back by itself, with the reason.
 */
export class ConversationActions {
  /** What was done last. */
  readonly notice: Cell<LibraryNotice | null> = createCell<LibraryNotice | null>(null)
  /**
   * What somebody points at or has the focus in, in whichever of the places where it is shown: it is not taken from under
   * them. The next one is another, so that none is held by a bar that went away with a click.
   */
  readonly heldNotice: Cell<LibraryNotice | null> = createCell<LibraryNotice | null>(null)
  readonly #options: ActionOptions

  constructor(options: ActionOptions) {
    this.#options = options
  }

  pin(items: ConversationListItem[], pinned = true): Promise<boolean> {
    return this.#do(items, { action: pinned ? 'pin' : 'unpin' }, pinned ? 'Pinned' : 'Unpinned')
  }

  archive(items: ConversationListItem[], archived = true): Promise<boolean> {
    const done = archived ? 'Archived' : 'Back in the list'
    return this.#do(items, { action: archived ? 'archive' : 'unarchive' }, done)
  }

  /** @param folderId NULL: out of any folder */
  move(items: ConversationListItem[], folderId: string | null): Promise<boolean> {
    const name = this.#options.folders.find(folderId)?.name
    const done = name === undefined ? 'Moved out of the folder' : `Moved to “${name}”`
    return this.#do(items, { action: 'move', folderId }, done)
  }

  delete(items: ConversationListItem[]): Promise<boolean> {
    return this.#do(items, { action: 'delete' }, `In the trash for ${TRASH_DAYS} days`)
  }

  restore(items: ConversationListItem[]): Promise<boolean> {
    return this.#do(items, { action: 'restore' }, 'Restored')
  }

  /** For good: there is no way back. */
  erase(items: ConversationListItem[]): Promise<boolean> {
    return this.#do(items, { action: 'erase' }, 'Gone for good')
  }

  /** All that is in it, read here or not, for good. */
  async emptyTrash(): Promise<boolean> {
    try {
      await this.#options.api.emptyTrash()
    } catch (error) {
      this.fail(error, () => void this.emptyTrash())
      return false
    }
    this.#options.trash.clear()
    this.#tell({ text: 'Gone for good: all that was in the trash', isFailure: false, action: null })
    return true
  }

  dismiss(): void {
    this.notice.set(null)
  }

  /** Says what went wrong with the library, and how to try again. */
  fail(error: unknown, retry: () => void, before = ''): void {
    this.#tell({
      text: `${before}${asRequestError(error).message}`,
      isFailure: true,
      action: { label: 'Retry', run: retry },
    })
  }

  /**
   * @param before with which it was done already, when the others are tried again
   * @returns whether it was done, with all of them
   */
  async #do(
    wanted: ConversationListItem[],
    action: Action,
    done: string,
    before: ConversationListItem[] = [],
  ): Promise<boolean> {
    if (wanted.length === 0) return false
    this.#show(wanted, action)
    const { left, error } = await this.#send(wanted, action)
    const items = [...before, ...wanted.slice(0, wanted.length - left.length)]
    if (left.length > 0) {
      this.#takeBack(left, action, true)
      const part = items.length > 0 ? `${done}: ${items.length} of ${items.length + left.length}. ` : ''
      this.fail(error, () => void this.#do(left, action, done, items), part)
      return false
    }
    const what = items.length === 1 ? `“${items[0]?.title}”` : `${items.length} conversations`
    this.#tell({
      // What was done comes first: a long title is cut.
      text: `${done}: ${what}`,
      isFailure: false,
      action: action.action === 'erase' ? null : { label: 'Undo', run: () => void this.#undo(items, action) },
    })
    return true
  }

  /** Each as it was, which need not be the same for all of them. */
  async #undo(items: ConversationListItem[], action: Action): Promise<void> {
    this.dismiss()
    const steps = Map.groupBy(items, (item) => JSON.stringify(inverse(action, item)))
    for (const [step, group] of steps) {
      const { left, error } = await this.#send(group, JSON.parse(step) as Action)
      this.#takeBack(group.slice(0, group.length - left.length), action)
      if (left.length === 0) continue
      this.fail(error, () => void this.#undo(items, action))
      return
    }
    this.#options.announce('It is as it was before.')
  }

  /**
   * Each part whole or not at all.
   *
   * @returns those with which it was not done, all after those with which it was, and why
   */
  async #send(
    items: ConversationListItem[],
    action: Action,
  ): Promise<{ left: ConversationListItem[]; error: unknown }> {
    for (let at = 0; at < items.length; at += MAX_BULK) {
      const ids = items.slice(at, at + MAX_BULK).map(({ id }) => id)
      try {
        await this.#sendPart(ids, action)
      } catch (error) {
        return { left: items.slice(at), error }
      }
    }
    return { left: [], error: null }
  }

  async #sendPart(ids: string[], action: Action): Promise<void> {
    const { api, trash } = this.#options
    try {
      await api.changeMany({ ids, ...action })
    } catch (error) {
      if (action.action !== 'erase' || !(error instanceof RequestError && error.code === 'not_found'))
        throw error
      // Some are gone already: by another tab, or by a request whose answer was lost. That is what was wanted of them.
      const there = await trash.stillThere(ids)
      if (there.length > 0) await api.changeMany({ ids: there, ...action })
    }
  }

  #show(items: ConversationListItem[], action: Action): void {
    const { list, trash, onRemoved } = this.#options
    const ids = items.map(({ id }) => id)
    switch (action.action) {
      case 'delete':
        list.remove(...ids)
        trash.put(items)
        onRemoved(ids)
        break
      case 'restore':
        trash.remove(items)
        list.put(...items.map(listItemOf))
        break
      case 'erase':
        trash.remove(items)
        break
      default:
        list.put(...items.map((item) => ({ ...(list.find(item.id) ?? item), ...changed(action) })))
    }
  }

  /** @param wasNever it was never done, and not only taken back */
  #takeBack(items: ConversationListItem[], { action }: Action, wasNever = false): void {
    const { list, trash } = this.#options
    if (action === 'restore') list.remove(...items.map(({ id }) => id))
    if (action === 'delete') trash.remove(items)
    if (action === 'restore' || action === 'erase') {
      if (wasNever) trash.putBack(items)
      else trash.put(items)
      return
    }
    // What else has changed of them meanwhile stays.
    list.put(
      ...items.map((item) => {
        const { pinned, archived, folderId } = item
        return { ...(list.find(item.id) ?? item), pinned, archived, folderId }
      }),
    )
  }

  #tell(notice: LibraryNotice): void {
    this.notice.set(notice)
    this.#options.announce(notice.text)
  }
}

function changed(action: Action): Partial<ConversationListItem> {
  if (action.action === 'move') return { folderId: action.folderId }
  if (action.action === 'pin' || action.action === 'unpin') return { pinned: action.action === 'pin' }
  return { archived: action.action === 'archive' }
}

function inverse(action: Action, before: ConversationListItem): Action {
  switch (action.action) {
    case 'pin':
    case 'unpin':
      return { action: before.pinned ? 'pin' : 'unpin' }
    case 'archive':
    case 'unarchive':
      return { action: before.archived ? 'archive' : 'unarchive' }
    case 'move':
      return { action: 'move', folderId: before.folderId }
    case 'restore':
      return { action: 'delete' }
    default:
      return { action: 'restore' }
  }
}
