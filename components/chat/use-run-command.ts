import { openTab } from '#components/ui/open-tab.ts'
import { saveFile } from '#components/ui/save-file.ts'
import { parseInput } from '#lib/chat/commands.ts'
import { useChatClient, useGoTo } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { runCommand } from './run-command.ts'

/**
 * Does what a typed command says.
 *
 * @returns undefined when it is done; else why not, or NULL when that is said elsewhere
 */
export function useRunCommand(
  store: ConversationStore,
): (text: string) => Promise<string | null | undefined> {
  const client = useChatClient()
  const goTo = useGoTo()
  return async (text) => {
    const input = parseInput(text)
    if (input.kind === 'message') return null
    const page = { client, store, goTo, openTab, save: saveFile }
    const end =
      input.kind === 'refused'
        ? ({ kind: 'kept', why: input.why } as const)
        : await runCommand(page, input.name, input.argument)
    if (end.kind === 'done') return undefined
    if (end.why !== null) client.announce(end.why)
    return end.why
  }
}
