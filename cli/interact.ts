import { createInterface } from 'node:readline'
import { styleText } from 'node:util'
import { personaListSchema } from '#lib/api/library.ts'
import type { AnswerEvents } from './answer-events.ts'
import { runCommand } from './commands.ts'
import { describeAnswer } from './describe-answer.ts'
import { Failure } from './failure.ts'
import { keepHistory, readHistory } from './history.ts'
import { plainLine } from './plain-text.ts'
import { printAnswer } from './print-answer.ts'
import { readMessages } from './read-messages.ts'
import { MarkdownRenderer } from './render-markdown.ts'
import type { Session } from './session.ts'

/** A second Ctrl-C within this leaves, in ms. */
const TWICE_MS = 2_000
const MOST_KEPT = 500

/** Talks in a terminal until the person leaves. */
export async function interact(session: Session): Promise<void> {
  const isStyled = process.stdout.hasColors()
  const quiet = (text: string) => (isStyled ? styleText('dim', text) : text)
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const print = (markdown: string) => {
    const renderer = new MarkdownRenderer(isStyled, process.stdout.columns)
    say(renderer.push(markdown) + renderer.end())
  }
  const complain = ({ message }: Error) =>
    void process.stderr.write(`${isStyled ? styleText('red', message) : message}\n`)
  const { personas } = await session.client.json(personaListSchema, 'GET', '/personas')
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
  let answering: AbortController | null = null
  rl.on('close', () => {
    isOpen = false
    // Nobody reads any more. The answer itself goes on.
    answering?.abort()
    ended.resolve()
  })

  const prompt = () => {
    if (!isOpen) return
    rl.setPrompt(`${plainLine(session.persona ?? usual)}> `)
    // What was typed while the answer came is still there.
    rl.prompt(true)
  }
  const show = async (events: AnswerEvents) => {
    let title: string | null = null
    await printAnswer(
      events,
      { isStyled, columns: process.stdout.columns, write: (text) => void process.stdout.write(text) },
      (given) => {
        title = given
      },
    )
    const facts = session.last ? [describeAnswer(session.last)] : []
    say(quiet([...(title === null ? [] : [`“${title}”`]), ...facts].join(', ')))
  }

  async function handle(typed: string): Promise<void> {
    answering = new AbortController()
    const { signal } = answering
    try {
      if (!typed.startsWith('/')) await show(session.send(typed, signal))
      else if (typed.startsWith('//')) await show(session.send(typed.slice(1), signal))
      else await runCommand(session, typed, { say, print, show, signal, leave: () => rl.close() })
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof Failure)) throw error
      complain(error)
    } finally {
      answering = null
    }
  }

  let leftAt = Number.NEGATIVE_INFINITY
  const lines = readMessages(rl, (typed) => {
    leftAt = Number.NEGATIVE_INFINITY
    if (!answering) {
      if (typed === '') return prompt()
      void handle(typed).then(prompt, (error: unknown) => {
        rl.close()
        ended.reject(error)
      })
    } else if (typed === '/stop') session.stop().catch(complain)
    else if (typed) say(quiet('(An answer is being written. Ctrl-C stops it.)'))
  })
  rl.on('SIGINT', () => {
    if (performance.now() - leftAt < TWICE_MS) return rl.close()
    leftAt = performance.now()
    if (answering) return void session.stop().catch(complain)
    lines.clear()
    rl.write(null, { ctrl: true, name: 'e' })
    rl.write(null, { ctrl: true, name: 'u' })
    say(quiet('\n(Ctrl-C again leaves.)'))
    prompt()
  })
  say(quiet(`Stoa at ${session.client.origin}. /help names what you can do.`))
  prompt()
  await ended.promise
}
