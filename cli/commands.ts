import { validate } from 'uuid'
import { conversationListSchema, conversationSchema, messageListSchema } from '#lib/api/conversations.ts'
import { modelListSchema, personaListSchema } from '#lib/api/library.ts'
import { statsSchema } from '#lib/api/stats.ts'
import { type Intensity, intensities } from '#lib/chat/types.ts'
import type { AnswerEvents } from './answer-events.ts'
import { statLines } from './describe-answer.ts'
import { exportConversation } from './export-conversation.ts'
import { Failure } from './failure.ts'
import { plainLine, plainText } from './plain-text.ts'
import type { ConversationEntry, Session } from './session.ts'

/** What a command may do beside calling the API. */
export interface Terminal {
  say(line: string): void
  /** Shows Markdown as answers are shown. */
  print(markdown: string): void
  /** Shows the answer that a command asked for. */
  show(events: AnswerEvents): Promise<void>
  leave(): void
  /** Aborted when the person leaves. */
  signal: AbortSignal
}

interface Command {
  argument?: string
  help: string
  run(session: Session, argument: string, terminal: Terminal): Promise<void> | void
}

/** What can be typed in the place of a message; none of it is sent to a model. */
const commands: Record<string, Command> = {
  help: {
    help: 'Name the commands',
    run(_session, _argument, { say }) {
      for (const [name, { argument, help }] of Object.entries(commands)) {
        say(`  ${`/${name}${argument ? ` ${argument}` : ''}`.padEnd(20)} ${help}`)
      }
      say('  A line that ends with \\ goes on in the next one. // sends a message that begins with a slash.')
      say('  Ctrl-C stops an answer; twice, it leaves.')
    },
  },
  new: {
    help: 'Begin another conversation',
    run(session, _argument, { say }) {
      session.begin()
      say('A new conversation begins with your next message.')
    },
  },
  clear: {
    help: 'Send no earlier messages from here on',
    async run(session, _argument, { say }) {
      await session.client.call('POST', `${session.path}/clear`, { body: {} })
      say('The context starts afresh here. What was said stays in the conversation.')
    },
  },
  stats: {
    help: 'Count messages, tokens and cost',
    async run(session, _argument, { say }) {
      statLines(await session.client.json(statsSchema, 'GET', `${session.path}/stats`)).forEach(say)
    },
  },
  persona: {
    argument: 'NAME',
    help: 'Choose who answers; without a name, list them',
    async run(session, argument, { say }) {
      const { personas } = await session.client.json(personaListSchema, 'GET', '/personas')
      if (!argument)
        return personas.forEach(({ id, description, isDefault }) => {
          const answers = session.persona === null ? isDefault : id === session.persona
          say(`${mark(answers)} ${plainLine(id).padEnd(14)} ${plainLine(description)}`)
        })
      const found = personas.find(({ id, label }) =>
        [id, label.toLowerCase()].includes(argument.toLowerCase()),
      )
      if (!found) throw new Failure('usage', `There is no persona "${argument}". /persona lists them.`)
      await choose(session, { persona: found.id })
      say(`${plainLine(found.label)} answers from now on.`)
    },
  },
  intensity: {
    argument: 'LEVEL',
    help: `Choose ${intensities.join(', ')}; without one, tell which it is`,
    async run(session, argument, { say }) {
      const current = session.choice.intensity ?? session.last?.intensity
      if (!argument && current) return say(`The intensity is ${current}.`)
      const intensity = intensityFrom(argument)
      await choose(session, { intensity })
      say(`The intensity is ${intensity} from now on.`)
    },
  },
  model: {
    argument: 'NAME',
    help: 'Choose the model; without a name, list them',
    async run(session, argument, { say }) {
      const { models } = await session.client.json(modelListSchema, 'GET', '/models')
      if (!argument) {
        const current = session.choice.model ?? session.last?.model
        return models.forEach(({ id, isDefault, isAiModel }) => {
          const answers = current === undefined ? isDefault : id === current
          say(`${mark(answers)} ${plainLine(id)}${isAiModel ? '' : ', which is not an AI model'}`)
        })
      }
      const found = models.find(({ id, model }) => [id, model].includes(argument))
      if (!found) throw new Failure('usage', `There is no model "${argument}". /model lists them.`)
      await choose(session, { model: found.id })
      say(`${plainLine(found.id)} answers from now on.`)
    },
  },
  conversations: {
    help: 'List the newest conversations',
    async run(session, _argument, { say }) {
      const list = await newest(session)
      if (list.length === 0) say('There are none yet.')
      list.forEach(({ title }, index) => void say(`${String(index + 1).padStart(4)}  ${plainLine(title)}`))
    },
  },
  open: {
    argument: 'NUMBER',
    help: 'Go on with one of them; its id will do, too',
    async run(session, argument, { say, print }) {
      const found = await findConversation(session, argument)
      if (!found)
        throw new Failure(
          'usage',
          `There is no conversation ${argument || 'without a number'}. /conversations lists them.`,
        )
      session.open(found)
      say(`“${plainLine(found.title)}”`)
      const { messages } = await session.client.json(
        messageListSchema,
        'GET',
        `${session.path}/messages?limit=2`,
      )
      for (const { role, text } of messages) {
        if (role === 'user') say(`> ${plainText(text)}`)
        else print(text)
      }
    },
  },
  title: {
    argument: 'TEXT',
    help: 'Name the conversation',
    async run(session, argument, { say }) {
      if (!argument) throw new Failure('usage', 'Say the title, too: /title TEXT')
      await session.client.call('PATCH', session.path, { body: { title: argument } })
      say(`It is called “${argument}” now.`)
    },
  },
  retry: {
    help: 'Get another answer to the last message',
    async run(session, _argument, terminal) {
      const { messages } = await session.client.json(
        messageListSchema,
        'GET',
        `${session.path}/messages?limit=2`,
      )
      const question = messages.findLast(({ role }) => role === 'user')
      if (!question) throw new Failure('usage', 'There is no message to answer yet.')
      await terminal.show(session.retry(question.id, terminal.signal))
    },
  },
  stop: {
    help: 'Stop the answer that is being written',
    async run(session, _argument, { say }) {
      if (!(await session.stop())) say('No answer is being written.')
    },
  },
  export: {
    argument: 'FILE',
    help: 'Write the conversation into a Markdown file, by its title unless you name one',
    async run(session, argument, { say }) {
      say(`Written: ${await exportConversation(session, argument)}`)
    },
  },
  exit: { help: 'Leave', run: (_session, _argument, { leave }) => leave() },
}

/** Stands before what is chosen in a list. */
function mark(isChosen: boolean): string {
  return isChosen ? '•' : ' '
}

/** @throws Failure usage */
export function intensityFrom(text: string): Intensity {
  const found = intensities.find((each) => each === text.toLowerCase())
  if (!found) throw new Failure('usage', `The intensity is one of ${intensities.join(', ')}.`)
  return found
}

/** Does what was typed after a slash. */
export async function runCommand(session: Session, typed: string, terminal: Terminal): Promise<void> {
  const [, name = '', argument = ''] = /^\/(\S*)\s*([\s\S]*)$/.exec(typed) ?? []
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command)
    throw new Failure('usage', `There is no command /${name}. /help names them; // sends a slash.`)
  await command.run(session, argument.trim(), terminal)
}

/** Of the conversation that there is, or of the next one. */
async function choose(session: Session, choice: Session['choice']): Promise<void> {
  if (session.conversationId) await session.client.call('PATCH', session.path, { body: choice })
  session.choice = { ...session.choice, ...choice }
  session.persona = choice.persona ?? session.persona
}

async function newest({ client }: Session): Promise<ConversationEntry[]> {
  const page = await client.json(conversationListSchema, 'GET', '/conversations?limit=20')
  return page.conversations
}

/** By its place among the newest, or by its id. */
async function findConversation(session: Session, wanted: string): Promise<ConversationEntry | undefined> {
  if (validate(wanted)) return session.client.json(conversationSchema, 'GET', `/conversations/${wanted}`)
  return (await newest(session))[Number(wanted) - 1]
}
