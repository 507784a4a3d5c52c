import { healthSchema, modelListSchema } from '#lib/api/library.ts'
import { checkPublicAddress } from '#scripts/doctor/check-address.ts'
import { type Finding, formatFinding } from '#scripts/doctor/finding.ts'
import { Failure } from './failure.ts'
import { readSignIn } from './sign-in.ts'
import { StoaClient } from './stoa-client.ts'

/** More than the time between a first and a last token that a proxy which holds streams back would leave. */
const HELD_BACK_MS = 50

/**
 * Tries the way from here to the server and says of each part of it whether it is well. Returns whether all is.
 *
 * @param withServer look at the server of this folder, too
 */
export async function doctor(withServer: boolean): Promise<boolean> {
  let isWell = true
  const tell = (finding: Finding) => {
    if (finding.verdict === 'fault') isWell = false
    console.log(formatFinding(finding))
  }
  const check = async (about: string, what: string, look: () => Promise<string | null>): Promise<boolean> => {
    const fault = await look().catch((error: Error) => error.message)
    tell({ about, verdict: fault === null ? 'ok' : 'fault', what: fault ?? what })
    return fault === null
  }
  const signIn = await readSignIn().catch((error: Error) => error)
  if (signIn instanceof Error) tell({ about: 'sign-in', verdict: 'fault', what: signIn.message })
  else if (await checkWay(new StoaClient(signIn), signIn.url, check)) {
    for await (const finding of checkPublicAddress(new URL(signIn.url))) tell(finding)
  }
  if (!withServer) return isWell
  // It brings everything that a server is made of, which no other command waits for.
  const { checkServer } = await import('#scripts/doctor/check-server.ts')
  for await (const finding of checkServer()) tell(finding)
  return isWell
}

type Check = (about: string, what: string, look: () => Promise<string | null>) => Promise<boolean>

/** Returns whether a Stoa is there. */
async function checkWay(client: StoaClient, url: string, check: Check): Promise<boolean> {
  const isReached = await check('server', `${url} answers.`, async () => {
    await client.json(healthSchema, 'GET', '/health')
    return null
  })
  if (!isReached) return false
  await check('clocks', 'They agree.', () => compareClocks(client))
  if (await check('token', 'It holds and may write.', () => tryToken(client))) {
    await check('streams', 'They come through as they are written.', () => tryStream(client))
  }
  return true
}

async function compareClocks(client: StoaClient): Promise<string | null> {
  const date = (await client.call('GET', '/health')).headers.get('date')
  const apart = date === null ? 0 : Math.abs(Date.now() - Date.parse(date)) / 1000
  return apart > 60
    ? `The server’s clock is ${Math.round(apart)} s away from this machine’s. Set one of them.`
    : null
}

async function tryToken(client: StoaClient): Promise<string | null> {
  await client.json(modelListSchema, 'GET', '/models')
  try {
    // Not a conversation: refused for that, once the token was found good.
    await client.call('PATCH', '/conversations/x', { body: { pinned: true } })
  } catch (error) {
    if (error instanceof Failure && error.code !== 'not_found') return error.message
  }
  return null
}

/** Asks for a short answer, and looks whether its first token came before its last. It costs what such an answer costs. */
async function tryStream(client: StoaClient): Promise<string | null> {
  const times: number[] = []
  let conversationId = ''
  const signal = AbortSignal.timeout(120_000)
  const onPlace = (id: string) => {
    conversationId = id
  }
  const events = client.answer(
    '/chat',
    { message: 'Count from one to twenty, in words.' },
    { signal, onPlace },
  )
  try {
    for await (const event of events) {
      if (event.event === 'token') times.push(performance.now())
      if (event.event === 'error') return event.data.message
    }
  } finally {
    if (conversationId) await client.call('DELETE', `/conversations/${conversationId}`)
  }
  const [first = 0, last = 0] = [times[0], times.at(-1)]
  if (times.length > 3 && last - first < HELD_BACK_MS) {
    return 'All of an answer came at once: a proxy on the way holds streams back. In nginx: proxy_buffering off.'
  }
  return null
}
