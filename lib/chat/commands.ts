/** What the composer does itself, when it is asked to by a text that begins with a slash. None of it is sent to a model. */
export const commands = [
  { name: 'help', argument: null, description: 'What can be done here' },
  { name: 'new', argument: null, description: 'Begin a new conversation' },
  {
    name: 'clear',
    argument: null,
    description: 'Send no earlier messages from here on',
  },
  { name: 'stats', argument: null, description: 'Messages, tokens and cost of this conversation' },
  { name: 'persona', argument: 'name', description: 'Choose who answers' },
  { name: 'intensity', argument: 'level', description: 'Choose how hard they press' },
  { name: 'model', argument: 'name', description: 'Choose which model answers' },
  { name: 'title', argument: 'text', description: 'Rename this conversation' },
  { name: 'summary', argument: null, description: 'Read and change the summary of earlier messages' },
  { name: 'retry', argument: null, description: 'Ask for another answer to the last message' },
  { name: 'stop', argument: null, description: 'Stop the answer that is being written' },
  { name: 'share', argument: null, description: 'Share a copy of this conversation by a link' },
  { name: 'export', argument: 'format', description: 'Download this conversation' },
] as const

export type CommandInfo = (typeof commands)[number]
export type CommandName = CommandInfo['name']

/** Commands that do without what may follow them. */
const optional: readonly CommandName[] = ['export']

/** What a text in the composer is meant to be. */
export type Input =
  | { kind: 'message'; text: string }
  | { kind: 'command'; name: CommandName; argument: string }
  /** Begins as a command does and is none; the text stays where it is. */
  | { kind: 'refused'; why: string }

/** What looks like a command; a lone slash is the beginning of one. */
const attempt = /^\/(?:([a-z]\S*)\s*([\s\S]*))?$/i

/** Reads what was typed: a command, or a message, which may begin with a slash when it is written twice. */
export function parseInput(typed: string): Input {
  const text = typed.trim()
  const found = attempt.exec(text)
  if (!found) return { kind: 'message', text: sentText(text) }
  const [, word, rest = ''] = found
  if (word === undefined) return { kind: 'refused', why: `Name a command, as /help. ${asMessage(text)}` }
  const command = commands.find(({ name }) => name === word.toLowerCase())
  const argument = rest.trim()
  if (!command) return { kind: 'refused', why: `There is no command /${word}. ${asMessage(text)}` }
  const { name } = command
  if (command.argument === null && argument !== '')
    return { kind: 'refused', why: `/${name} stands alone. ${asMessage(text)}` }
  if (command.argument !== null && argument === '' && !optional.includes(name))
    return { kind: 'refused', why: `Say which ${command.argument}, as ${examples[name]}.` }
  return { kind: 'command', name, argument }
}

const examples: Partial<Record<CommandName, string>> = {
  persona: '/persona tutor',
  intensity: '/intensity high',
  model: '/model, then a part of its name',
  title: '/title Letters from a Stoic',
}

function asMessage(text: string): string {
  const begin = text.length > 24 ? `${text.slice(0, 24)}…` : text
  return `To send it as a message, begin it with two slashes: /${begin}`
}

/** A message as it is typed: one that begins with a slash is written with one more, where it would be taken for a command. */
export function typedText(message: string): string {
  return /^\/+([a-z]|$)/i.test(message) ? `/${message}` : message
}

/** The message that a typed text stands for. */
export function sentText(typed: string): string {
  return /^\/{2,}([a-z]|$)/i.test(typed) ? typed.slice(1) : typed
}

/** Something that an argument can be. */
export interface ArgumentOption {
  /** What is typed for it. */
  value: string
  label: string
  description?: string
}

/** The options of the commands that choose among some. */
export type ArgumentOptions = Partial<Record<CommandName, readonly ArgumentOption[]>>

/** One line of the list that opens while a command is typed. */
export interface Suggestion {
  id: string
  label: string
  /** What has to follow. */
  argument: string | null
  description: string
  /** What the field holds when it is completed. */
  completed: string
  /** Whether the completed text can be run as it is. */
  isWhole: boolean
}

/** More than these are not looked through: one more letter finds it. */
const MOST = 50

/** What a text that is being typed can become; empty when it is no beginning of a command. */
export function suggest(typed: string, options: ArgumentOptions): Suggestion[] {
  const [, word, gap, rest = ''] = /^\/([a-z]*)(\s+)?([^\n]*)$/i.exec(typed) ?? []
  if (word === undefined) return []
  if (gap === undefined) return rest === '' ? suggestCommands(word.toLowerCase()) : []
  const command = commands.find(({ name }) => name === word.toLowerCase())
  const offered = (command && options[command.name]) ?? []
  return command ? suggestArguments(command.name, rest.trim(), offered) : []
}

function suggestCommands(word: string): Suggestion[] {
  return commands
    .filter(({ name }) => name.startsWith(word))
    .map(({ name, argument, description }) => ({
      ...{ id: name, label: `/${name}`, description, argument },
      completed: argument === null ? `/${name}` : `/${name} `,
      isWhole: argument === null,
    }))
}

function suggestArguments(
  name: CommandName,
  typed: string,
  options: readonly ArgumentOption[],
): Suggestion[] {
  const wanted = typed.toLowerCase()
  const place = ({ label, value }: ArgumentOption) => {
    const places = [label, value].map((text) => text.toLowerCase().indexOf(wanted)).filter((at) => at >= 0)
    return places.length > 0 ? Math.min(...places) : null
  }
  return options
    .map((option) => ({ option, at: place(option) }))
    .filter(({ at }) => at !== null)
    .toSorted((one, other) => Math.min(one.at ?? 0, 1) - Math.min(other.at ?? 0, 1))
    .slice(0, MOST)
    .map(({ option: { value, label, description = '' } }) => ({
      ...{ id: `${name}-${value}`, label, description, argument: null },
      ...{ completed: `/${name} ${value}`, isWhole: true },
    }))
}

/**
 * The option that an argument names: by its value or label whole, else by the only one that begins with it, else by the
 * only one that holds it. NULL when there is none, or more than one.
 */
export function findOption<Option extends ArgumentOption>(
  argument: string,
  options: readonly Option[],
): Option | null {
  const wanted = argument.trim().toLowerCase()
  if (wanted === '') return null
  const texts = ({ value, label }: Option) => [value.toLowerCase(), label.toLowerCase()]
  const rules: ((text: string) => boolean)[] = [
    (text) => text === wanted,
    (text) => text.startsWith(wanted),
    (text) => text.includes(wanted),
  ]
  for (const fits of rules) {
    const found = options.filter((option) => texts(option).some(fits))
    if (found.length > 0) return found.length === 1 ? (found[0] ?? null) : null
  }
  return null
}
