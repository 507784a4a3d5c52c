import { answerChoices } from '#components/chat/answer-choices.ts'
import { isAtRest, isRunning } from '#components/chat/conversation-state.ts'
import type { ConversationStore } from '#components/chat/conversation-store.ts'
import { focusedMessage, walkMessages } from '#components/chat/walk-messages.ts'
import { copyText } from '#components/ui/copy-text.ts'
import type { AssistantMessage, Message, UserMessage } from '#lib/chat/types.ts'
import { type Action, type ActionPage, done } from './action.ts'
import { byCommand } from './command-action.ts'

/** What is done with the message that has the focus, else with the last one. */
export const messageActions = [
  {
    id: 'write',
    label: 'Write a message',
    keywords: 'composer focus type',
    section: 'Messages',
    isOffered: ({ store }) => store !== null,
    run({ client }) {
      client.focusComposer()
      return done
    },
  },
  {
    id: 'previous-message',
    label: 'Previous message',
    keywords: 'up walk read',
    section: 'Messages',
    isOffered: hasMessages,
    run() {
      walkMessages(-1)
      return done
    },
  },
  {
    id: 'next-message',
    label: 'Next message',
    keywords: 'down walk read',
    section: 'Messages',
    isOffered: hasMessages,
    run() {
      walkMessages(1)
      return done
    },
  },
  {
    id: 'stop',
    label: 'Stop the answer',
    keywords: '/stop end',
    section: 'Messages',
    isOffered: ({ store }) => {
      const phase = store?.state.get().phase
      return phase !== undefined && (phase === 'sending' || isRunning(phase))
    },
    ...byCommand('stop', ''),
  },
  {
    id: 'copy',
    label: 'Copy last answer',
    keywords: 'clipboard message',
    section: 'Messages',
    isOffered: ({ store }) => answerIn(store) !== null,
    async run({ client, store }) {
      const text = (messageIn(store) ?? answerIn(store))?.text ?? ''
      if (!(await copyText(text))) return { kind: 'kept', why: 'Copying is not allowed here.' }
      client.announce('Copied.')
      return done
    },
  },
  {
    id: 'edit',
    label: 'Edit last question',
    keywords: 'change rewrite message',
    section: 'Messages',
    isOffered: (page) => isFree(page) && questionIn(page.store) !== null,
    run({ store }) {
      const question = questionIn(store)
      if (question) store?.branches.startEditing(question.id)
      return done
    },
  },
  {
    id: 'regenerate',
    label: 'Another answer',
    keywords: '/retry regenerate again anew',
    section: 'Messages',
    isOffered: (page) => isFree(page) && answerIn(page.store) !== null,
    run({ client, store }) {
      const parentId = answerIn(store)?.parentId
      if (!store || !parentId) return done
      // What had the focus may be gone: the answer takes the place of another.
      client.focusComposer()
      store.branches.regenerate(parentId, {})
      return done
    },
  },
  {
    id: 'answer-with',
    label: 'Another answer with',
    keywords: 'regenerate again persona intensity model',
    section: 'Messages',
    isOffered: (page) => isFree(page) && answerIn(page.store) !== null,
    choices: (page) =>
      otherAnswers(page).map(({ label, value, description }) => ({ label, value, description })),
    run(page, choice) {
      const other = otherAnswers(page).find(({ value }) => value === choice)
      const parentId = answerIn(page.store)?.parentId
      if (!other || !page.store || !parentId) return done
      page.client.focusComposer()
      page.store.branches.regenerate(parentId, other.choice)
      return done
    },
  },
  {
    id: 'making',
    label: 'How the last answer was made',
    keywords: 'prompt context sent model cost inspect',
    section: 'Messages',
    isOffered: ({ store }) => answerIn(store) !== null,
    run({ store }) {
      const answer = answerIn(store)
      const opener = (answer && document.getElementById(answer.id)) ?? document.getElementById('composer')
      if (answer && opener) store?.making.set({ messageId: answer.id, opener })
      return done
    },
  },
] as const satisfies readonly Action[]

function hasMessages({ store }: ActionPage): boolean {
  return store !== null && store.transcript.last() !== undefined
}

function isFree({ store }: ActionPage): boolean {
  return store !== null && isAtRest(store.state.get())
}

/** The message that has the focus. */
function messageIn(store: ConversationStore | null): Message | undefined {
  const focused = focusedMessage()
  return focused ? store?.transcript.find(focused.id) : undefined
}

/** From the focused message, else from the last one, back to the nearest that fits. */
function nearest<Kind extends Message>(
  store: ConversationStore | null,
  fits: (message: Message) => message is Kind,
): Kind | null {
  if (!store) return null
  const ids = store.transcript.ids.get()
  const focused = messageIn(store)
  const upTo = focused ? ids.indexOf(focused.id) + 1 : ids.length
  const messages = ids.slice(0, upTo).flatMap((id) => store.transcript.find(id) ?? [])
  return messages.findLast(fits) ?? null
}

function answerIn(store: ConversationStore | null): AssistantMessage | null {
  return nearest(store, (message) => message.role === 'assistant')
}

function questionIn(store: ConversationStore | null): UserMessage | null {
  return nearest(store, (message) => message.role === 'user')
}

/** The ways to have the question answered again with one thing changed. */
function otherAnswers({ client, store }: ActionPage) {
  const answer = answerIn(store)
  if (!store || !answer) return []
  const { personas, models } = client
  const chosenModel = store.state.get().model
  const choices = answerChoices(answer.generation, { personas, models, chosenModel })
  return (['personas', 'intensities', 'models'] as const).flatMap((kind) =>
    choices[kind].map(({ key, label, choice }) => ({
      ...{ value: `${kind} ${key}`, label, choice },
      description: { personas: 'Persona', intensities: 'Intensity', models: 'Model' }[kind],
    })),
  )
}
