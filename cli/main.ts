import { text as readAll } from 'node:stream/consumers'
import { Command, CommanderError } from 'commander'
import { conversationListSchema, conversationSchema } from '#lib/api/conversations.ts'
import packageFile from '../package.json' with { type: 'json' }
import { ask } from './ask.ts'
import { intensityFrom } from './commands.ts'
import { doctor } from './doctor.ts'
import { exitCodes, Failure } from './failure.ts'
import { interact } from './interact.ts'
import { login } from './login.ts'
import { jsonLine, plainLine } from './plain-text.ts'
import { Session } from './session.ts'
import { forgetSignIn, readSignIn } from './sign-in.ts'
import { StoaClient } from './stoa-client.ts'

const exitHelp = `
Exit codes: ${Object.entries(exitCodes)
  .map(([kind, code]) => `${code} ${kind.replaceAll('_', ' ')}`)
  .join(', ')}, 0 otherwise.
STOA_URL and STOA_TOKEN stand in for a sign-in. NO_COLOR is heeded.`

interface ChoiceOptions {
  persona?: string
  intensity?: string
  model?: string
  conversation?: string
}

async function begin({ persona, intensity, model, conversation }: ChoiceOptions): Promise<Session> {
  const client = new StoaClient(await readSignIn(), {
    onRetry: ({ message }) => process.stderr.isTTY && console.error(`${message} Trying again …`),
  })
  const choice = { persona, model, intensity: intensity === undefined ? undefined : intensityFrom(intensity) }
  const session = new Session(client, choice)
  if (conversation) {
    const path = `/conversations/${encodeURIComponent(conversation)}`
    session.open(await client.json(conversationSchema, 'GET', path))
    session.choice = choice
    session.persona = persona ?? session.persona
  }
  return session
}

function withChoice(command: Command): Command {
  return command
    .option('-p, --persona <id>', 'who answers')
    .option('-i, --intensity <level>', 'low, medium or high')
    .option('-m, --model <id>', 'as provider:model')
    .option('-c, --conversation <id>', 'go on with this conversation')
}

const program = new Command('stoa')
  .description('Talk with Stoa in a terminal until you leave; or do one thing, by a command.')
  .version(packageFile.version, '-V, --version', 'Say which version this is.')
  // What follows a command is the command's.
  .enablePositionalOptions()
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text) })
withChoice(program)
  // Commander would only count them.
  .allowExcessArguments()
  .action(async (options: ChoiceOptions) => {
    const [unknown] = program.args
    if (unknown !== undefined) {
      throw new Failure(
        'usage',
        `There is no command ${unknown}. stoa --help names them; to ask something: stoa ask "…"`,
      )
    }
    if (!process.stdin.isTTY || !process.stdout.isTTY) {
      throw new Failure(
        'usage',
        'This is no terminal. For scripts there is: stoa ask "…", or: echo … | stoa ask -',
      )
    }
    await interact(await begin(options))
  })
program
  .command('login')
  .argument('<url>', 'the address of a Stoa')
  .description('Sign in with a token, which the settings there make; it is kept for you alone.')
  .action((url: string) => login(url))
program
  .command('logout')
  .description('Forget the token.')
  .action(() => forgetSignIn())
withChoice(program.command('ask'))
  .argument('<message...>', 'what to ask; - reads it from standard input')
  .option('--json', 'print the answer with all that is known of it, once it is there')
  .description('Ask once, for scripts.')
  .addHelpText('after', exitHelp)
  .action(async (words: string[], options: ChoiceOptions & { json?: true }) => {
    const message = words.join(' ')
    const question = message === '-' ? await readAll(process.stdin) : message
    await ask(await begin(options), question, options.json === true)
  })
program
  .command('conversations')
  .option('--json', 'as JSON')
  .description('List the newest conversations.')
  .action(async ({ json }: { json?: true }) => {
    const { client } = await begin({})
    const page = await client.json(conversationListSchema, 'GET', '/conversations?limit=40')
    if (json) return void console.log(jsonLine(page))
    for (const { id, title } of page.conversations) console.log(`${id}  ${plainLine(title)}`)
  })
program
  .command('doctor')
  .option(
    '--server',
    'look at the server of this folder, too: its configuration, database, provider and address',
  )
  .description('Look for what is wrong between here and the server; it asks for a short answer.')
  .action(async ({ server }: { server?: true }) => {
    if (!(await doctor(server === true))) process.exitCode = exitCodes.failed
  })

// Whoever reads may stop reading: `stoa ask … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage
  else if (error instanceof Failure) {
    console.error(error.message)
    process.exitCode = exitCodes[error.kind]
  } else throw error
}
