import { argumentOptions, type CommandEnd, runCommand } from '#components/chat/run-command.ts'
import type { ArgumentOption, CommandName } from '#lib/chat/commands.ts'
import type { ActionPage } from './action.ts'

/** What a command of the composer does, for an action that does the same. */
export function byCommand(name: CommandName, argument?: string) {
  return {
    run: (page: ActionPage, choice: string): CommandEnd | Promise<CommandEnd> =>
      page.store === null
        ? { kind: 'kept', why: null }
        : runCommand({ ...page, store: page.store }, name, argument ?? choice),
  }
}

/** The same, after one of the values was chosen that the command can be given. */
export function byCommandWithChoice(name: CommandName) {
  return {
    ...byCommand(name),
    choices: ({ client }: ActionPage): readonly ArgumentOption[] => argumentOptions(client)[name] ?? [],
  }
}
