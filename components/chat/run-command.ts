import {
  type ArgumentOption,
  type ArgumentOptions,
  type CommandName,
  findOption,
} from '#lib/chat/commands.ts'
import { isExportFormat } from '#lib/chat/export-conversation.ts'
import { MAX_TITLE_LENGTH } from '#lib/chat/limits.ts'
import { modelId } from '#lib/chat/model-id.ts'
import { intensities } from '#lib/chat/types.ts'
import type { AnswerChoice } from './branch-actions.ts'
import { RequestError } from './chat-api.ts'
import type { ChatClient } from './chat-client.ts'
import { clearContext } from './clear-context.ts'
import type { ConversationDialog } from './conversation-dialog.ts'
import { isAtRest, isRunning } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'

/** What commands need of the page. */
export interface CommandPage {
  client: Pick<ChatClient, 'api' | 'announce' | 'overlay' | 'personas' | 'models' | 'rename'> & {
    conversations: Pick<ChatClient['conversations'], 'beginIn'>
  }
  store: ConversationStore
  goTo(path: string): void
  /** Opens a page beside this one. */
  openTab(path: string): void
  /** Hands a file to the browser. */
  save(blob: Blob, fileName: string): void
}

/**
 * What became of a command. `kept`: it was not done, and its text stays where it is; `why` says in words what keeps it,
 * unless that is said elsewhere already.
 */
export type CommandEnd = { kind: 'done' } | { kind: 'kept'; why: string | null }

const done: CommandEnd = { kind: 'done' }
const kept = (why: string | null): CommandEnd => ({ kind: 'kept', why })

/** What the arguments of commands can be on this page. */
export function argumentOptions({
  personas,
  models,
}: Pick<ChatClient, 'personas' | 'models'>): ArgumentOptions {
  return {
    persona: personas.map(({ id, label, description }) => ({ value: id, label, description })),
    intensity: intensities.map((value) => ({ value, label: `${value[0]?.toUpperCase()}${value.slice(1)}` })),
    model: models.map((model) => ({ value: modelId(model), label: model.model })),
    export: [
      { value: 'markdown', label: 'Markdown', description: 'To read' },
      { value: 'json', label: 'JSON', description: 'To process, or to import' },
      { value: 'pdf', label: 'PDF', description: 'To print' },
    ],
  }
}

/** Does what a command says. What it has done is said to screen readers only when it is done. */
export async function runCommand(
  page: CommandPage,
  name: CommandName,
  argument: string,
): Promise<CommandEnd> {
  try {
    return await run[name](page, argument)
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    return kept(error.message)
  }
}

const run: Record<CommandName, (page: CommandPage, argument: string) => CommandEnd | Promise<CommandEnd>> = {
  help({ client }) {
    client.overlay.set('help')
    return done
  },
  stats: (page) => ifStored(page, () => open(page.store, 'stats')),
  summary: (page) => ifStored(page, () => open(page.store, 'summary')),
  share: (page) => ifKept(page, () => open(page.store, 'share')),

  new({ client, goTo }) {
    client.conversations.beginIn(null)
    goTo('/')
    return done
  },

  async clear({ client, store }) {
    const { isDone, why } = await clearContext(client, store)
    return isDone ? done : kept(why)
  },

  persona: (page, argument) =>
    chosen('persona', argument, page, ({ value, label }) => [
      { persona: value },
      `${label} answers from here.`,
    ]),

  intensity: (page, argument) =>
    chosen('intensity', argument, page, ({ value, label }) => {
      const level = intensities.find((intensity) => intensity === value) ?? null
      const { persona } = page.store.state.get()
      const own = page.client.personas.find(({ id }) => id === persona)?.intensity
      return [{ intensity: level === own ? null : level }, `${label} intensity from here.`]
    }),

  model: (page, argument) =>
    chosen('model', argument, page, ({ value, label }) => {
      const usual = modelId(page.client.models[0])
      return [{ model: value === usual ? null : value }, `${label} answers from here.`]
    }),

  title: (page, argument) =>
    ifKept(page, async () => {
      const title = argument.replaceAll(/\s+/g, ' ')
      if (title.length > MAX_TITLE_LENGTH) {
        return kept(`A title can have ${MAX_TITLE_LENGTH} characters. This one has ${title.length}.`)
      }
      await page.client.rename(page.store.id, title)
      page.client.announce(`Renamed to ${title}.`)
      return done
    }),

  retry({ store }) {
    if (!isAtRest(store.state.get()))
      return kept('An answer is being written, or a message waits. Stop it or wait for its end.')
    if (store.transcript.last()?.role !== 'assistant') return kept('There is no answer to be written anew.')
    store.retry()
    return done
  },

  stop({ store }) {
    const { phase } = store.state.get()
    if (phase !== 'sending' && !isRunning(phase)) return kept('No answer is being written.')
    store.stop()
    return done
  },

  export: (page, argument) =>
    ifStored(page, async () => {
      const format = argument.toLowerCase() || 'markdown'
      if (format === 'pdf') {
        // Beside this one, which a temporary conversation is erased with.
        page.openTab(`/chat/${page.store.id}/print`)
        return done
      }
      if (!isExportFormat(format)) return kept('Export as markdown, json or pdf.')
      const { blob, fileName } = await page.client.api.export(page.store.id, format)
      page.save(blob, fileName)
      page.client.announce(`${fileName} is downloaded.`)
      return done
    }),
}

function open(store: ConversationStore, dialog: NonNullable<ConversationDialog>): CommandEnd {
  store.dialog.set(dialog)
  return done
}

function ifStored(
  { store }: CommandPage,
  command: () => CommandEnd | Promise<CommandEnd>,
): CommandEnd | Promise<CommandEnd> {
  return store.state.get().conversation
    ? command()
    : kept('This conversation has not begun. Send a message first.')
}

/** The same of what a temporary conversation does not have. */
function ifKept(
  page: CommandPage,
  command: () => CommandEnd | Promise<CommandEnd>,
): CommandEnd | Promise<CommandEnd> {
  const { isTemporary } = page.store.state.get()
  return isTemporary ? kept('This conversation is temporary. Keep it first.') : ifStored(page, command)
}

/** Chooses what an argument names for the answers to come. */
async function chosen(
  name: 'persona' | 'intensity' | 'model',
  argument: string,
  { client, store }: CommandPage,
  choiceOf: (option: ArgumentOption) => [choice: AnswerChoice, said: string],
): Promise<CommandEnd> {
  const options = argumentOptions(client)[name] ?? []
  const option = findOption(argument, options)
  if (!option) return kept(`“${argument}” is not the name of one ${name}. ${listed(options)}`)
  const [choice, said] = choiceOf(option)
  // Why it was refused is said above the composer.
  if (!(await store.choose(choice))) return kept(null)
  client.announce(said)
  return done
}

/** More names than these help nobody. */
const MOST_LISTED = 8

const oneOf = new Intl.ListFormat('en-GB', { type: 'disjunction' })

function listed(options: readonly ArgumentOption[]): string {
  const names = options.slice(0, MOST_LISTED).map(({ label }) => label)
  const rest = options.length - names.length
  return `Choose ${oneOf.format(rest > 0 ? [...names, `one of ${rest} more`] : names)}.`
}
