import { once } from 'node:events'
import { findFreePort } from '#scripts/database/free-port.ts'
import type { CpuProfile } from './self-times.ts'

const HOST = '127.0.0.1'

/** Where a server that is started with `environment` can be looked into. */
export async function reserveInspector(): Promise<{ port: number; environment: Record<string, string> }> {
  const port = await findFreePort(HOST)
  return { port, environment: { NODE_OPTIONS: `--inspect=${HOST}:${port} --inspect-publish-uid=http` } }
}

interface Answer {
  id?: number
  result?: unknown
  error?: { message: string }
}

/** Node's inspector of another process. */
export class Inspector {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  #lastId = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      const { id, result, error } = JSON.parse(String(data)) as Answer
      const waiting = id === undefined ? undefined : this.#waiting.get(id)
      if (error) waiting?.reject(new Error(error.message))
      else waiting?.resolve(result)
    })
  }

  static async connect(port: number): Promise<Inspector> {
    const response = await fetch(`http://${HOST}:${port}/json/list`)
    const [target] = (await response.json()) as { webSocketDebuggerUrl: string }[]
    if (!target) throw new Error('nothing to inspect')
    const socket = new WebSocket(target.webSocketDebuggerUrl)
    await once(socket, 'open')
    return new Inspector(socket)
  }

  /** What lives on the heap once all rubbish is gone, in KiB. */
  async liveHeap(): Promise<number> {
    await this.#call('HeapProfiler.collectGarbage')
    const usage = (await this.#call('Runtime.getHeapUsage')) as { usedSize: number }
    return usage.usedSize / 1024
  }

  async startProfile(): Promise<void> {
    await this.#call('Profiler.enable')
    await this.#call('Profiler.start')
  }

  async stopProfile(): Promise<CpuProfile> {
    const { profile } = (await this.#call('Profiler.stop')) as { profile: CpuProfile }
    return profile
  }

  close(): void {
    this.#socket.close()
  }

  async #call(method: string): Promise<unknown> {
    const id = ++this.#lastId
    const answer = Promise.withResolvers<unknown>()
    this.#waiting.set(id, answer)
    this.#socket.send(JSON.stringify({ id, method }))
    try {
      return await answer.promise
    } finally {
      this.#waiting.delete(id)
    }
  }
}
