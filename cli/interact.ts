import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { styleText } from 'node:util'
import { runCommand, type Terminal } from './commands.ts'
import { describeAnswer } from './describe-answer.ts'
import { Failure } from './failure.ts'
import { printAnswer } from './print-answer.ts'
import type { PersonaEntry, Session } from './session.ts'
import { configFolder } from './sign-in.ts'

/** Lines that come closer than this were pasted together: one message, in ms. */
const PASTE_MS = 30
/** A second Ctrl-C within this leaves, in ms. */
const TWICE_MS = 2_000
const MOST_KEPT = 500

/** Talks in a terminal until the person leaves. */
export async function interact(session: Session): Promise<void> {
  const isStyled = process.stdout.hasColors()
  const quiet = (text: string) => (isStyled ? styleText('dim', text) : text)
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const { personas } = await session.client.json<{ personas: PersonaEntry[] }>('GET', '/personas')
  const usual = personas.find(({ isDefault }) => isDefault)?.id ?? 'stoa'
  const rl = createInterface({
    ...{ input: process.stdin, output: process.stdout, terminal: true },
    ...{ history: await readHistory(), historySize: MOST_KEPT, removeHistoryDuplicates: true },
  })
  rl.on('history', (history: string[]) => {
    keepHistory(history).catch((error: Error) => say(quiet(`(What was typed is not kept: ${error.message})`)))
  })
  const ended = Promise.withResolvers<void>()
  let isOpen = true
  rl.on('close', () => {
    isOpen = false
    ended.resolve()
  })

  let answering: AbortController | null = null
  const prompt = () => {
    if (!isOpen) return
    rl.setPrompt(`${session.persona ?? usual}> `)
    rl.prompt()
  }
  const show: Terminal['show'] = async (events) => {
    let title: string | null = null
    await printAnswer(events, { isStyled, write: (text) => void process.stdout.write(text) }, (given) => {
      title = given
    })
    const facts = session.last ? [describeAnswer(session.last)] : []
    say(quiet([...(title === null ? [] : [`“${title}”`]), ...facts].join(', ')))
  }
  const terminal: Terminal = {
    ...{ say, show, leave: () => rl.close() },
    signal: () => answering?.signal ?? AbortSignal.abort(),
  }

  async function handle(typed: string): Promise<void> {
    answering = new AbortController()
    try {
      if (typed.startsWith('/') && !typed.startsWith('//')) await runCommand(session, typed, terminal)
      else await show(session.send(typed.replace(/^\/\//, '/'), answering.signal))
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      process.stderr.write(`${isStyled ? styleText('red', error.message) : error.message}\n`)
    } finally {
      answering = null
    }
  }

  let leftAt = Number.NEGATIVE_INFINITY
  rl.on('SIGINT', () => {
    if (performance.now() - leftAt < TWICE_MS) return rl.close()
    leftAt = performance.now()
    if (answering) return void session.stop().catch((error: Error) => say(error.message))
    rl.write(null, { ctrl: true, name: 'u' })
    say(quiet('\n(Ctrl-C again leaves.)'))
    prompt()
  })
  say(quiet('/help names what you can do.'))
  prompt()
  readMessages(rl, async (typed) => {
    leftAt = Number.NEGATIVE_INFINITY
    if (answering) {
      if (typed === '/stop') await session.stop()
      else say(quiet('(An answer is being written. Ctrl-C stops it.)'))
      return
    }
    if (typed !== '') await handle(typed)
    prompt()
  })
  await ended.promise
}

/** What is typed, message by message: pasted lines and those that end with a backslash belong together. */
function readMessages(rl: Interface, onMessage: (typed: string) => Promise<void>): void {
  let lines: string[] = []
  let timer: NodeJS.Timeout | undefined
  rl.on('line', (line) => {
    clearTimeout(timer)
    lines.push(line)
    if (line.endsWith('\\')) return
    timer = setTimeout(() => {
      const typed = lines
        .map((each) => each.replace(/\\$/, ''))
        .join('\n')
        .trim()
      lines = []
      onMessage(typed).catch((error: unknown) => {
        rl.close()
        throw error
      })
    }, PASTE_MS)
  })
}

function historyFile(): string {
  return path.join(configFolder(), 'history.json')
}

/** What was typed before; nothing when that cannot be read: it is not worth a refusal. */
async function readHistory(): Promise<string[]> {
  try {
    const history: unknown = JSON.parse(await readFile(historyFile(), 'utf8'))
    return Array.isArray(history) ? history.filter((line) => typeof line === 'string') : []
  } catch {
    return []
  }
}

async function keepHistory(history: string[]): Promise<void> {
  await mkdir(configFolder(), { recursive: true, mode: 0o700 })
  await writeFile(historyFile(), JSON.stringify(history), { mode: 0o600 })
}
