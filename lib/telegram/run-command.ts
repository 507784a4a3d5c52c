import { type ArgumentOption, findOption } from '#lib/chat/commands.ts'
import { contextFill, describeStats } from '#lib/chat/describe-stats.ts'
import { modelId } from '#lib/chat/model-id.ts'
import { intensities } from '#lib/chat/types.ts'
import { readConversationStats } from '#lib/db/conversation-stats.ts'
import { findConversation } from '#lib/db/conversations.ts'
import { inTime } from '#lib/db/in-time.ts'
import { findLastAnswer } from '#lib/db/messages.ts'
import { type TelegramChat, updateTelegramChat } from '#lib/db/telegram-chats.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { answeringModels } from '#lib/server/answering-models.ts'
import { changeBranch } from '#lib/server/change-branch.ts'
import { changeConversation } from '#lib/server/change-conversation.ts'
import { readGauge } from '#lib/server/read-gauge.ts'
import { stopGeneration } from '#lib/server/stop-generation.ts'
import { choicesFor } from './start-chat-turn.ts'

/** What can be done in a chat, as Telegram's menu shows it. */
export const chatCommands = [
  { command: 'new', description: 'Begin a new conversation' },
  { command: 'clear', description: 'Send no earlier messages from here on' },
  { command: 'stats', description: 'Messages, tokens and cost of this conversation' },
  { command: 'persona', description: 'Choose who answers' },
  { command: 'intensity', description: 'Choose how hard they press' },
  { command: 'model', description: 'Choose which model answers' },
  { command: 'stop', description: 'Stop the answer that is being written' },
  { command: 'help', description: 'What can be done here' },
]

const nothingYet = 'There is no conversation yet. Write something to begin one.'

/**
 * Does a command in a linked chat.
 *
 * @returns what is said of it, as Markdown
 * @throws AppError
 */
export async function runCommand(chat: TelegramChat, name: string, argument: string): Promise<string> {
  if (name === 'new') return beginAnew(chat)
  if (name === 'clear') return clear(chat)
  if (name === 'stats') return tellStats(chat)
  if (name === 'persona') return choosePersona(chat, argument)
  if (name === 'intensity') return chooseIntensity(chat, argument)
  if (name === 'model') return chooseModel(chat, argument)
  if (name === 'stop') return stop(chat)
  if (name === 'help' || name === 'start') return help()
  return `There is no command /${name}. Send /help to see what there is, or write two slashes to send this as a message.`
}

function help(): string {
  const lines = chatCommands.map(({ command, description }) => `/${command} – ${description}`)
  return `Write something, and it is answered. The conversation is in Stoa, too.\n\n${lines.join('\n')}`
}

async function beginAnew(chat: TelegramChat): Promise<string> {
  await inTime(updateTelegramChat(chat, { conversationId: null }))
  return 'Your next message begins a new conversation.'
}

async function clear({ userId, conversationId }: TelegramChat): Promise<string> {
  const last = conversationId ? await inTime(findLastAnswer(userId, conversationId)) : null
  if (!conversationId || !last?.answerId) return nothingYet
  await changeBranch(userId, conversationId, last.answerId, 'clear')
  return 'Earlier messages are not sent any more. They stay in the conversation.'
}

async function tellStats({ userId, conversationId }: TelegramChat): Promise<string> {
  if (!conversationId) return nothingYet
  const [stats, gauge] = await Promise.all([
    inTime(readConversationStats(userId, conversationId)),
    readGauge(userId, conversationId, {}),
  ])
  if (!stats) return nothingYet
  return describeStats(stats, contextFill(gauge))
    .map(({ label, value, note }) => `**${label}:** ${value}${note ? ` (${note})` : ''}`)
    .join('  \n')
}

async function choosePersona(chat: TelegramChat, argument: string): Promise<string> {
  const { personas, defaultPersona } = promptLibrary()
  const options = personas.map(({ id, label, description }) => ({ value: id, label, description }))
  const chosen = findOption(argument, options)
  if (!chosen) {
    const current = (await currentOf(chat)).persona ?? defaultPersona
    return listOptions('persona', argument, options, current)
  }
  await choose(chat, { persona: chosen.value })
  return `**${chosen.label}** answers from now on.`
}

async function chooseIntensity(chat: TelegramChat, argument: string): Promise<string> {
  const options = intensities.map((value) => ({ value, label: value }))
  const chosen = findOption(argument, options)
  if (!chosen) return listOptions('intensity', argument, options, (await currentOf(chat)).intensity)
  await choose(chat, { intensity: chosen.value })
  return `The intensity is **${chosen.label}** from now on.`
}

async function chooseModel(chat: TelegramChat, argument: string): Promise<string> {
  const { models } = await answeringModels()
  const options = models.map((label) => ({ value: modelId(label), label: label.model }))
  const chosen = findOption(argument, options)
  if (!chosen) {
    const current = (await currentOf(chat)).model ?? modelId(models[0])
    return listOptions('model', argument, options, current)
  }
  await choose(chat, { model: chosen.value })
  return `\`${chosen.label}\` answers from now on.`
}

async function stop({ userId, conversationId }: TelegramChat): Promise<string> {
  const isStopped = conversationId !== null && (await stopGeneration(userId, conversationId))
  return isStopped ? 'The answer is stopped.' : 'No answer is being written.'
}

/** What the next answer is made with. */
async function currentOf(chat: TelegramChat) {
  const conversation =
    chat.conversationId && (await inTime(findConversation(chat.userId, chat.conversationId)))
  return conversation || (await choicesFor(chat))
}

/** For the conversation that goes on here, and those that begin here later. */
async function choose(
  chat: TelegramChat,
  choice: Partial<Pick<TelegramChat, 'persona' | 'intensity' | 'model'>>,
): Promise<void> {
  const { persona, ...others } = choice
  const patch = { ...others, ...(persona && { persona }) }
  if (chat.conversationId) await changeConversation(chat.userId, chat.conversationId, patch)
  await inTime(updateTelegramChat(chat, choice))
}

function listOptions(
  command: string,
  argument: string,
  options: readonly ArgumentOption[],
  current: string | null | undefined,
): string {
  const lines = options.map(({ value, label, description }) => {
    const sign = value === current ? ' (chosen)' : ''
    return `- **${label}**${sign}${description ? `: ${description}` : ''}`
  })
  const example = options.find(({ value }) => value !== current) ?? options[0]
  const fault = argument === '' ? '' : `“${argument}” names none of these, or more than one.\n\n`
  return `${fault}${lines.join('\n')}\n\nChoose one, as \`/${command} ${example?.label ?? ''}\`.`
}
