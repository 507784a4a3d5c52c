import { createCell } from '#components/chat/cell.ts'
import { RequestError } from '#components/chat/chat-api.ts'
import type { SummaryPage, SummaryVersion } from '#lib/chat/types.ts'
import { summaryApi } from './summary-api.ts'

type SummaryCalls = Pick<typeof summaryApi, 'list' | 'edit'>

/** The versions of one conversation's summary as they are read and changed, one change at a time. */
export class SummaryReader {
  /** The newest versions, and older ones as far as they were asked for; NULL: not read yet. */
  readonly page = createCell<SummaryPage | null>(null)
  /** What went wrong last. */
  readonly fault = createCell<string | null>(null)
  /** Whether a change is on its way. */
  readonly isBusy = createCell(false)
  /** The version that the person rewrites: what they save is of this one, even when another holds by then. */
  readonly editing = createCell<SummaryVersion | null>(null)

  readonly #conversationId: string
  readonly #api: SummaryCalls
  #asked = 0
  #isReadingMore = false

  constructor(conversationId: string, api: SummaryCalls = summaryApi) {
    this.#conversationId = conversationId
    this.#api = api
  }

  /** Reads the newest versions; what a change has answered meanwhile is newer. */
  async read(): Promise<void> {
    const asked = ++this.#asked
    await this.#try(async () => {
      const page = await this.#api.list(this.#conversationId)
      if (asked === this.#asked) this.#show(page)
    })
  }

  /** Asks for a change; whether it was made. */
  async change(request: () => Promise<SummaryPage>): Promise<boolean> {
    if (this.isBusy.get()) return false
    this.isBusy.set(true)
    this.fault.set(null)
    const isDone = await this.#try(async () => {
      const page = await request()
      this.#asked += 1
      this.#show(page)
    })
    this.isBusy.set(false)
    return isDone
  }

  /** Stores what the person has made of the version that they rewrite; refused when another one holds by now. */
  async saveEdited(text: string): Promise<boolean> {
    const edited = this.editing.get()
    if (!edited) return false
    const isDone = await this.change(() => this.#api.edit(this.#conversationId, text, edited.version))
    if (isDone) this.editing.set(null)
    return isDone
  }

  /** Reads older versions, and adds them. */
  async more(): Promise<void> {
    const page = this.page.get()
    if (!page || this.#isReadingMore) return
    this.#isReadingMore = true
    await this.#try(async () => {
      const older = await this.#api.list(this.#conversationId, page.nextBefore)
      // Read anew meanwhile, it begins anew.
      if (this.page.get() === page) this.#show({ ...older, versions: [...page.versions, ...older.versions] })
    })
    this.#isReadingMore = false
  }

  #show(page: SummaryPage): void {
    this.page.set(page)
    this.fault.set(null)
  }

  async #try(attempt: () => Promise<void>): Promise<boolean> {
    try {
      await attempt()
      return true
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.fault.set(error.message)
      return false
    }
  }
}
