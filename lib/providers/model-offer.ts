import { setTimeout as wait } from 'node:timers/promises'
import { modelId } from '#lib/chat/model-id.ts'
import type { ChatModel } from './resolve-models.ts'

/** A provider that can be asked for any of its models by name, and which it has. */
export interface ModelSource {
  provider: string
  model: (name: string) => ChatModel
  list: () => Promise<string[]>
}

/** Models come and go in weeks. */
const KEPT_MS = 60 * 60_000
/** A provider that could not tell is asked again after so long. */
const RETRY_MS = 60_000

/**
 * The models that a person may choose from: those that the configuration names, and those that the providers list. The
 * lists are asked for in the background and kept; while one cannot be had, what was known stays on offer.
 */
export class ModelOffer {
  readonly #named: ReadonlyMap<string, ChatModel>
  readonly #first: ChatModel
  readonly #lists: SourceList[]
  /** Models that were chosen before and are not known yet. */
  readonly #trusted = new Map<string, ChatModel>()

  /**
   * @param named the usual one first
   * @param sources whose lists are on offer, too
   * @param onFault told why a list could not be had
   */
  constructor(
    named: [ChatModel, ...ChatModel[]],
    sources: ModelSource[] = [],
    onFault: (provider: string, error: unknown) => void = () => undefined,
  ) {
    this.#first = named[0]
    // The first of a name counts: the usual model and the fallback are told apart by being the same object.
    this.#named = new Map(named.toReversed().map((model) => [modelId(model.label), model]))
    this.#lists = sources.map((source) => new SourceList(source, this.#named, onFault))
  }

  /** All that are known now, the usual one first, then those that the configuration names. */
  known(): [ChatModel, ...ChatModel[]] {
    const others = new Map([...this.#named].toReversed())
    for (const list of this.#lists) {
      list.freshen()
      for (const model of list.models ?? []) others.set(modelId(model.label), model)
    }
    others.delete(modelId(this.#first.label))
    return [this.#first, ...others.values()]
  }

  /** Whether nothing can be on offer that is not known. */
  get isWhole(): boolean {
    return this.#lists.every(({ models }) => models !== null)
  }

  find(id: string): ChatModel | undefined {
    return this.known().find(({ label }) => modelId(label) === id)
  }

  /** A model that was on offer once, by its name, while its provider has not told whether it still is. */
  findTrusted(id: string): ChatModel | undefined {
    const list = this.#lists.find(({ source }) => id.startsWith(`${source.provider}:`))
    if (!list || list.models !== null) return undefined
    const model = this.#trusted.get(id) ?? list.source.model(id.slice(list.source.provider.length + 1))
    this.#trusted.set(id, model)
    return model
  }

  /**
   * Resolves when every list has come or could not be had, and after `ms` at the latest. One that could not be had before is
   * not waited for again.
   */
  async settled(ms: number): Promise<void> {
    const asked = this.#lists.flatMap((list) => {
      const asking = list.freshen()
      return asking && list.models === null && !list.hasFailed ? asking : []
    })
    if (asked.length === 0) return
    const timer = new AbortController()
    // An abort is the only thing that this can be refused by.
    const late = wait(ms, undefined, { signal: timer.signal, ref: false }).catch(() => undefined)
    await Promise.race([Promise.all(asked), late])
    timer.abort()
  }
}

/** The list of one provider. */
class SourceList {
  /** NULL: not known yet. */
  models: ChatModel[] | null = null
  hasFailed = false
  readonly source: ModelSource
  readonly #named: ReadonlyMap<string, ChatModel>
  readonly #onFault: (provider: string, error: unknown) => void
  #asking: Promise<void> | null = null
  #dueAt = 0

  constructor(
    source: ModelSource,
    named: ReadonlyMap<string, ChatModel>,
    onFault: (provider: string, error: unknown) => void,
  ) {
    this.source = source
    this.#named = named
    this.#onFault = onFault
  }

  /** Asks for the list when it is time to; what is under way. */
  freshen(): Promise<void> | null {
    if (this.#asking || performance.now() < this.#dueAt) return this.#asking
    this.#asking = this.#ask().finally(() => {
      this.#asking = null
    })
    return this.#asking
  }

  async #ask(): Promise<void> {
    const { provider, model, list } = this.source
    try {
      const names = await list()
      const before = new Map(this.models?.map((known) => [known.label.model, known]))
      this.models = names.map(
        (name) => this.#named.get(modelId({ provider, model: name })) ?? before.get(name) ?? model(name),
      )
      this.#dueAt = performance.now() + KEPT_MS
    } catch (error) {
      this.hasFailed = true
      this.#dueAt = performance.now() + RETRY_MS
      this.#onFault(provider, error)
    }
  }
}
