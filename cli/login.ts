import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text as readAll } from 'node:stream/consumers'
import { modelListSchema } from '#lib/api/library.ts'
import { isThisMachine } from '#lib/chat/is-this-machine.ts'
import { Failure } from './failure.ts'
import { keepSignIn } from './sign-in.ts'
import { StoaClient } from './stoa-client.ts'

/**
 * Asks for a token, tries it, and keeps it.
 *
 * @throws Failure
 */
export async function login(address: string): Promise<void> {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new Failure('usage', `${address} is not an address. ${suggestion(address)}`)
  }
  const { origin: url, protocol, hostname } = new URL(address)
  if (protocol === 'http:' && !isThisMachine(hostname)) {
    console.error('Mind that this address is not encrypted: others on the way can read the token.')
  }
  console.error(`Make a token in ${url}/settings, under “API tokens”, with the scope “write”.`)
  const token = (process.stdin.isTTY ? await askHidden('Token: ') : await readAll(process.stdin)).trim()
  if (!token) throw new Failure('usage', 'No token was given.')
  await new StoaClient({ url, token }).json(modelListSchema, 'GET', '/models')
  await keepSignIn({ url, token })
  console.error(`Signed in at ${url}.`)
}

/** What was meant by an address that says no protocol. */
function suggestion(address: string): string {
  const meant = `http://${address}`
  if (address.includes('//') || !URL.canParse(meant)) return 'It looks like https://chat.example.com'
  return `Run: stoa login ${isThisMachine(new URL(meant).hostname) ? meant : `https://${address}`}`
}

/** What is typed shows nowhere. */
async function askHidden(question: string): Promise<string> {
  process.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const rl = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  try {
    return await rl.question('')
  } finally {
    rl.close()
    process.stderr.write('\n')
  }
}
