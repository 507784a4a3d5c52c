import { holdAgainstDocument, isEventStream } from '../support/hold-against-document.ts'
import type { RouteEntry } from './entries.ts'
import type { Scene, Someone } from './scene.ts'

/** One operation of a route with its entry, to be called by anybody. */
export interface Operation {
  name: string
  entry: RouteEntry
}

interface CallOptions {
  as?: Someone | undefined
  token?: string
  origin?: string
  /** In the place of the entry's own. */
  body?: string
  contentType?: string
  ids?: Scene['ids']
  query?: string
}

export interface Answer {
  status: number
  text: string
  headers: Headers
}

/** Sends what the entry says, as somebody, with one thing changed. */
export async function callRoute(
  scene: Scene,
  { name, entry }: Operation,
  options: CallOptions,
): Promise<Answer> {
  const [method = '', route = ''] = name.split(' ')
  const { as, token, origin = scene.origin, ids = scene.ids, query = entry.query ?? '' } = options
  const path = route.replaceAll(
    /\[?\[(?:\.\.\.)?(\w+)\]\]?/g,
    (_, parameter: string) => ids[parameter] ?? parameter,
  )
  const body = options.body ?? (entry.body && JSON.stringify(entry.body(scene)))
  const response = await fetch(scene.origin + path + query, {
    method,
    redirect: 'manual',
    headers: {
      ...{ origin, connection: 'close' },
      ...(as && { cookie: as.cookie }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': options.contentType ?? 'application/json' }),
      ...entry.headers,
    },
    ...(body !== undefined && method !== 'GET' && { body }),
  })
  const text = await textOf(response)
  holdAgainstDocument(`${method} ${path}`, response, isEventStream(response) ? null : text)
  return { status: response.status, text, headers: response.headers }
}

/** The whole answer; of a stream of events that does not end by itself what came first. */
async function textOf(response: Response): Promise<string> {
  const isOpenEnded = response.url.endsWith('/api/events') && response.ok
  if (!isOpenEnded || !response.body) return response.text()
  const reader = response.body.getReader()
  const { value } = await reader.read()
  await reader.cancel()
  return new TextDecoder().decode(value)
}

interface ActionCall {
  scene: Scene
  id: string
  path: string
  fields: Record<string, string>
  as?: Someone | undefined
  origin?: string
  headers?: Record<string, string>
  /** In the place of the form. */
  body?: string
}

/** Calls a server action as React does: a state and a form, or the form alone. */
export async function callAction(call: ActionCall): Promise<Answer> {
  const { scene, id, path, fields, as, origin, headers, body } = call
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(`_1_${name}`, value)
  // How many arguments an action takes is in the seventh to second bit of its id's first byte; a state comes first.
  const takesState = ((Number.parseInt(id.slice(0, 2), 16) >> 1) & 0b11_0000) === 0b11_0000
  form.append('0', JSON.stringify(takesState ? [{ attempt: 0 }, '$K1'] : ['$K1']))
  const response = await fetch(scene.origin + path, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      ...{
        origin: origin ?? scene.origin,
        connection: 'close',
        'next-action': id,
        accept: 'text/x-component',
      },
      ...(as && { cookie: as.cookie }),
      ...(body !== undefined && { 'content-type': 'text/plain;charset=UTF-8' }),
      ...headers,
    },
    body: body ?? form,
  })
  return { status: response.status, text: await response.text(), headers: response.headers }
}
