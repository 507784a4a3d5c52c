import { createCell } from '#components/chat/cell.ts'

interface KeptChoiceOptions<Value> {
  /** What is stored when the page opens. */
  stored: Value
  /** Resolves to whether it is stored; calls are served in their order. */
  save(value: Value): Promise<boolean>
  /** Has the page follow what is shown. */
  onShown?(value: Value): void
}

/** A choice that is shown at once. When the last one cannot be stored, what is stored is shown again. */
export class KeptChoice<Value> {
  readonly shown
  readonly #options: KeptChoiceOptions<Value>
  #stored: Value
  #choices = 0

  constructor(options: KeptChoiceOptions<Value>) {
    this.#options = options
    this.#stored = options.stored
    this.shown = createCell(options.stored)
  }

  async choose(value: Value): Promise<void> {
    const choice = ++this.#choices
    this.#show(value)
    if (await this.#options.save(value)) this.#stored = value
    // What was chosen since is still to be stored.
    else if (choice === this.#choices) this.#show(this.#stored)
  }

  #show(value: Value): void {
    this.shown.set(value)
    this.#options.onShown?.(value)
  }
}
