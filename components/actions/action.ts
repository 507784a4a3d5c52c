import type { ChatClient } from '#components/chat/chat-client.ts'
import type { ConversationStore } from '#components/chat/conversation-store.ts'
import type { CommandEnd } from '#components/chat/run-command.ts'
import type { ArgumentOption } from '#lib/chat/commands.ts'

/** In the order in which they are listed. */
export const sections = [
  'Conversations',
  'This conversation',
  'Messages',
  'Pages',
  'Appearance',
  'Stoa',
] as const

/** What actions need of the page. */
export interface ActionPage {
  client: ChatClient
  /** Of the conversation that is shown; NULL where none is. */
  store: ConversationStore | null
  isAdministrator: boolean
  /** Goes to another conversation. */
  goTo(path: string): void
  /** Goes to another page. */
  open(path: string): void
  /** Opens a page beside this one. */
  openTab(path: string): void
  /** Hands a file to the browser. */
  save(blob: Blob, fileName: string): void
  signOut(): void
}

/** Something that can be done: the one truth for the palette, the keys (`shortcuts.ts`), and the list of both. */
export interface Action {
  id: string
  label: string
  /** Other words it is looked for by. */
  keywords?: string
  section: (typeof sections)[number]
  /** Whether it can be done now; else it is not listed, and its keys are left alone. */
  isOffered?(page: ActionPage): boolean
  /** What is chosen among before it is done. */
  choices?(page: ActionPage): readonly ArgumentOption[]
  /** The value of the choice that holds now. */
  chosen?(page: ActionPage): string
  /** @param choice the value of one of the choices, empty where there are none */
  run(page: ActionPage, choice: string): CommandEnd | Promise<CommandEnd>
}

export const done: CommandEnd = { kind: 'done' }
