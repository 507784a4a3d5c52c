import { parseArgs } from 'node:util'
import { LaunchError } from '../launch/launch-error.ts'
import { LONG_CONVERSATION } from './make-library.ts'

export interface SeedOptions {
  email: string
  conversations: number
  /** In all of them together. */
  messages: number
}

const USAGE = `npm run seed -- --email ADDRESS --conversations 10000 --messages 200000
    gives an account that is there so many conversations more; one of them, “${LONG_CONVERSATION.title}”, has ${LONG_CONVERSATION.messages} messages`

/** @throws LaunchError with the usage */
export function readSeedOptions(args = process.argv.slice(2)): SeedOptions {
  try {
    const { values } = parseArgs({
      args,
      options: {
        email: { type: 'string' },
        conversations: { type: 'string', default: '10000' },
        messages: { type: 'string', default: '200000' },
      },
    })
    const { email } = values
    if (!email) throw new Error('Say whose conversations they shall be.')
    const conversations = wholeNumber('conversations', values.conversations)
    const messages = wholeNumber('messages', values.messages)
    const fewest = LONG_CONVERSATION.messages + 2 * (conversations - 1)
    if (messages < fewest) {
      throw new Error(`${conversations} conversations take ${fewest} messages at least.`)
    }
    if (conversations === 1 && messages > fewest) throw new Error('One conversation takes 1000 messages.')
    return { email: email.trim().toLowerCase(), conversations, messages }
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new LaunchError(`${problem}\n\n${USAGE}`, { cause })
  }
}

function wholeNumber(name: string, value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new Error(`--${name} is a number from 1 on.`)
  return Number(value)
}
