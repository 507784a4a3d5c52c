import { type MonthSpending, percentToWarnOf } from '#lib/chat/month-spending.ts'
import { createCell } from './cell.ts'
import { type ChatApi, RequestError } from './chat-api.ts'
import { createPersonStorage, type PersonStorage } from './person-storage.ts'

/** What a person is told of their month's budget. */
export interface BudgetWarning {
  /** From 80 to 100. */
  percent: number
  resetsAt: string
}

/** Knows how much of their budget a person has used this month, and whether they have read so. */
export class MonthWatch {
  /** NULL: there is nothing to warn of, or it was dismissed. */
  readonly warning = createCell<BudgetWarning | null>(null)
  readonly #api: Pick<ChatApi, 'month'>
  readonly #dismissed: PersonStorage<true>
  /** NULL: not known yet. */
  #known: MonthSpending | null = null
  #reads = 0

  constructor(api: Pick<ChatApi, 'month'>, userId: string, storage: () => Storage = () => sessionStorage) {
    this.#api = api
    const parse = (stored: unknown) => (stored === true ? true : null)
    this.#dismissed = createPersonStorage({ prefix: 'budget-read', userId, parse, storage })
  }

  /** After an answer has ended; asks nothing for who has no budget. */
  async answered(): Promise<void> {
    if (this.#known?.budget != null) await this.read()
  }

  async read(): Promise<void> {
    const read = ++this.#reads
    try {
      const month = await this.#api.month()
      if (read !== this.#reads) return
      this.#known = month
      this.#tell()
    } catch (error) {
      // A warning that is late is no fault worth a word: the next answer asks again, and the server holds the budget.
      if (!(error instanceof RequestError)) throw error
    }
  }

  /** Says nothing more in this session, until the budget is used up. */
  dismiss(): void {
    const warning = this.warning.get()
    if (warning) this.#dismissed.save(keyOf(warning), true)
    this.#tell()
  }

  #tell(): void {
    const percent = this.#known && percentToWarnOf(this.#known)
    const warning = this.#known && percent !== null ? { percent, resetsAt: this.#known.resetsAt } : null
    const isRead = warning !== null && this.#dismissed.load(keyOf(warning)) !== null
    this.warning.set(isRead ? null : warning)
  }
}

/** Each month warns once, and says once that its budget is used up. */
function keyOf({ percent, resetsAt }: BudgetWarning): string {
  return `${resetsAt} ${percent < 100 ? 'warned' : 'used up'}`
}
