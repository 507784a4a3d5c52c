import type { BrowserContext } from '@playwright/test'

/** What no page may do in a test that did not say so: log errors, throw, or ask another origin for anything. */
export class Problems {
  readonly #found: string[] = []
  readonly #allowed: RegExp[] = []

  watch(context: BrowserContext, origin: string): void {
    context.on('console', (message) => {
      if (message.type() !== 'error') return
      this.#found.push(`console error: ${message.text()} (${message.location().url})`)
    })
    context.on('weberror', (webError) => this.#found.push(`page error: ${webError.error().stack}`))
    context.on('request', (request) => {
      const url = new URL(request.url())
      if (url.origin === origin || url.protocol === 'data:' || url.protocol === 'blob:') return
      this.#found.push(`request to another origin: ${request.url()}`)
    })
  }

  /** An error that this test provokes: the browser logs every answer of 400 and more as a console error. */
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern)
  }

  get unexpected(): string[] {
    return this.#found.filter((problem) => !this.#allowed.some((pattern) => pattern.test(problem)))
  }
}
