import type { ServerResponse } from 'node:http'

/** What the provider lists: models that chat, so many that one searches them, and others. */
const LISTED = [
  ...['scripted-utility', 'scripted-main', 'scripted-other', 'text-embedding-scripted', 'scripted-tts'],
  ...Array.from({ length: 8 }, (_, index) => `maker/scripted-${index + 1}`),
]

/** What `GET /v1/models` answers, and how often it was asked. */
export class ModelList {
  /** NULL: the provider has no list. */
  names: string[] | null = LISTED
  /** The list is given when this has happened. */
  ready: Promise<void> = Promise.resolve()
  asked = 0

  async answer(response: ServerResponse): Promise<void> {
    this.asked += 1
    await this.ready
    const type = { 'content-type': 'application/json' }
    if (!this.names) return void response.writeHead(404, type).end('{"error":{"message":"Not found"}}')
    const data = this.names.map((id) => ({ id, object: 'model', created: 0, owned_by: 'scripted' }))
    response.writeHead(200, type).end(JSON.stringify({ object: 'list', data }))
  }
}
