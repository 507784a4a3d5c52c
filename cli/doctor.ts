import { Failure } from './failure.ts'
import { readSignIn, type SignIn } from './sign-in.ts'
import { StoaClient } from './stoa-client.ts'

interface Finding {
  name: string
  /** What is wrong and what to do; NULL: nothing. */
  fault: string | null
}

/** More than the time between a first and a last token that a proxy which holds streams back would leave. */
const HELD_BACK_MS = 50

/** Tries the way from here to the server and says of each part of it whether it is well. Returns whether all is. */
export async function doctor(): Promise<boolean> {
  const findings: Finding[] = []
  const check = async (name: string, look: () => Promise<string | null>): Promise<boolean> => {
    const fault = await look().catch((error: Error) => error.message)
    findings.push({ name, fault })
    console.log(`${fault === null ? 'ok    ' : 'WRONG '} ${name}${fault === null ? '' : `\n       ${fault}`}`)
    return fault === null
  }
  let signIn: SignIn | undefined
  const isSignedIn = await check('signed in', async () => {
    signIn = await readSignIn()
    return null
  })
  if (isSignedIn && signIn) {
    const { url } = signIn
    const client = new StoaClient(signIn)
    const isReached = await check(`${url} answers`, async () => {
      await client.call('GET', '/health')
      return null
    })
    if (isReached) {
      await check('the clocks agree', () => compareClocks(client))
      const isKnown = await check('the token holds and may write', () => tryToken(client))
      if (isKnown) await check('streams come through as they are written', () => tryStream(client))
    }
  }
  return findings.every(({ fault }) => fault === null)
}

async function compareClocks(client: StoaClient): Promise<string | null> {
  const date = (await client.call('GET', '/health')).headers.get('date')
  const apart = date === null ? 0 : Math.abs(Date.now() - Date.parse(date)) / 1000
  return apart > 60
    ? `The server’s clock is ${Math.round(apart)} s away from this machine’s. Set one of them.`
    : null
}

async function tryToken(client: StoaClient): Promise<string | null> {
  await client.call('GET', '/models')
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
  const events = client.answer(...(['/chat', { message: 'Count from one to twenty, in words.' }] as const), {
    signal: AbortSignal.timeout(120_000),
    onPlace(id) {
      conversationId = id
    },
  })
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
