import type { Highlight, HighlightReply, HighlightRequest } from './highlight-worker.ts'

/** A code that takes longer than this keeps all others waiting; in milliseconds. */
const TIMEOUT_MS = 10_000

let worker: Worker | null = null
let requests = 0
const waiting = new Map<number, (highlight: Highlight | null) => void>()

/**
 * Colours a code in the worker of the page, which starts with the first.
 *
 * @returns NULL: the worker cannot be had now, or took too long; another call starts another one
 */
export function highlightInWorker(code: string, language: string): Promise<Highlight | null> {
  return new Promise((resolve) => {
    requests += 1
    const request: HighlightRequest = { id: requests, code, language }
    const timer = setTimeout(giveUp, TIMEOUT_MS)
    waiting.set(request.id, (highlight) => {
      clearTimeout(timer)
      waiting.delete(request.id)
      resolve(highlight)
    })
    try {
      worker ??= startWorker()
      worker.postMessage(request)
    } catch {
      // This browser lets no worker start here: the code stays plain.
      giveUp()
    }
  })
}

function startWorker(): Worker {
  const started = new Worker(new URL('./highlight-worker.ts', import.meta.url))
  started.addEventListener('message', ({ data }: MessageEvent<HighlightReply>) =>
    waiting.get(data.id)?.(data),
  )
  started.addEventListener('error', giveUp)
  return started
}

function giveUp(): void {
  worker?.terminate()
  worker = null
  for (const answer of [...waiting.values()]) answer(null)
}
