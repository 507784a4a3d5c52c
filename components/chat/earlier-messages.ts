import type { Message } from '#lib/chat/types.ts'
import { createCell } from './cell.ts'
import { asRequestError, type ChatApi } from './chat-api.ts'
import type { Transcript } from './transcript.ts'

/** Reads the messages before those that are shown, a page at a time. */
export class EarlierMessages {
  readonly state = createCell<'idle' | 'loading' | 'failed'>('idle')

  readonly #conversationId: string
  readonly #api: Pick<ChatApi, 'readBefore'>
  readonly #transcript: Transcript

  constructor(conversationId: string, api: Pick<ChatApi, 'readBefore'>, transcript: Transcript) {
    this.#conversationId = conversationId
    this.#api = api
    this.#transcript = transcript
  }

  /** Whether there are more than those that are shown. */
  get areThere(): boolean {
    return (this.#transcript.first()?.parentId ?? null) !== null
  }

  /**
   * Reads a page, unless one is being read.
   *
   * @param show runs what puts them before the others, once these can be shown
   * @returns whether there are more shown now
   */
  async read(show: (change: () => void, page: readonly Message[]) => void | Promise<void>): Promise<boolean> {
    const first = this.#transcript.first()
    if (!first || !this.areThere || this.state.get() === 'loading') return false
    this.state.set('loading')
    try {
      const page = await this.#api.readBefore(this.#conversationId, first.id)
      await show(() => {
        this.state.set('idle')
        this.#transcript.prepend(page)
      }, page)
      return this.#transcript.first()?.id !== first.id
    } catch (error) {
      asRequestError(error)
      this.state.set('failed')
      return false
    }
  }
}
