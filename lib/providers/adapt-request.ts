import { AsyncLocalStorage } from 'node:async_hooks'

/** A parameter of OpenAI's protocol that some compatible servers refuse, with what is done about it. */
export type Adaptation = 'drop_stream_options' | 'drop_temperature' | 'rename_output_limit'

const parameters: [pattern: RegExp, adaptation: Adaptation][] = [
  [/stream_options/i, 'drop_stream_options'],
  [/max_completion_tokens/i, 'rename_output_limit'],
  [/temperature/i, 'drop_temperature'],
]

type Body = Record<string, unknown>

/** How a refusal says that it does not know a parameter; one that names a wrong value of it says something else. */
const refusing =
  /unsupported|not support|unrecogni[sz]ed|unknown|unexpected|extra (fields|inputs)|not (allowed|permitted)|forbidden/i

/** Which adaptation a refusal (the body of a 400) asks for, of those that the request does not have yet. */
export function findAdaptation(refusal: string, body: Body): Adaptation | null {
  if (!refusing.test(refusal)) return null
  const found = parameters.find(([pattern, adaptation]) => pattern.test(refusal) && applies(adaptation, body))
  return found?.[1] ?? null
}

function applies(adaptation: Adaptation, body: Body): boolean {
  return JSON.stringify(adapt(body, [adaptation])) !== JSON.stringify(body)
}

/** The body without what the provider refuses. */
export function adapt(body: Body, adaptations: Iterable<Adaptation>): Body {
  const adapted = { ...body }
  for (const adaptation of adaptations) {
    if (adaptation === 'drop_stream_options') delete adapted.stream_options
    else if (adaptation === 'drop_temperature') delete adapted.temperature
    else if ('max_completion_tokens' in adapted) {
      adapted.max_tokens = adapted.max_completion_tokens
      delete adapted.max_completion_tokens
    }
  }
  return adapted
}

const shared = globalThis as typeof globalThis & { stoaNotedAdaptations?: AsyncLocalStorage<Adaptation[]> }

/**
 * Where a call has noted what its requests were left without: the SDK stands between the call and its `fetch`. On globalThis:
 * the models are made when the server starts, by another copy of this module than the one that a route calls.
 */
function noted(): AsyncLocalStorage<Adaptation[]> {
  shared.stoaNotedAdaptations ??= new AsyncLocalStorage()
  return shared.stoaNotedAdaptations
}

/** Makes a call whose last request's adaptations are put into `adaptations`. */
export function notingAdaptations<T>(adaptations: Adaptation[], call: () => T): T {
  return noted().run(adaptations, call)
}

/**
 * A `fetch` that sends a provider only what it takes: a request that is refused with 400 for one of the known
 * parameters is sent once more without each, and what helped is remembered for all later ones.
 *
 * @param headersTimeoutMs how long the provider may take to answer at all; the body has limits of its own
 */
export function createProviderFetch(headersTimeoutMs: number): typeof fetch {
  const learnt = new Set<Adaptation>()
  const send = (url: Parameters<typeof fetch>[0], init: RequestInit | undefined, body: Body | null) =>
    fetchWithin(headersTimeoutMs, url, body ? { ...init, body: JSON.stringify(body) } : init)

  return async (url, init) => {
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as Body) : null
    if (!body) return send(url, init, null)
    const adaptations = [...learnt]
    for (;;) {
      const sent = adapt(body, adaptations)
      const note = noted().getStore()
      note?.splice(0, note.length, ...adaptations.filter((each) => applies(each, body)))
      const response = await send(url, init, sent)
      if (response.status !== 400) {
        for (const adaptation of adaptations) learnt.add(adaptation)
        return response
      }
      const adaptation = findAdaptation(await response.clone().text(), sent)
      // What did not help was not the reason, and is not remembered.
      if (!adaptation) return response
      adaptations.push(adaptation)
    }
  }
}

async function fetchWithin(
  timeoutMs: number,
  url: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
): Promise<Response> {
  const controller = new AbortController()
  const late = new DOMException('The provider did not answer in time', 'TimeoutError')
  const timer = setTimeout(() => controller.abort(late), timeoutMs)
  const signal = init?.signal ? AbortSignal.any([init.signal, controller.signal]) : controller.signal
  try {
    return await fetch(url, { ...init, signal })
  } finally {
    clearTimeout(timer)
  }
}
