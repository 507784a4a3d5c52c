import { isAtRest } from '#components/chat/conversation-state.ts'
import { TEMPORARY_PATH } from '#components/chat/temporary-conversation.ts'
import { modelId } from '#lib/chat/model-id.ts'
import { type Action, type ActionPage, done } from './action.ts'
import { byCommand, byCommandWithChoice } from './command-action.ts'

const isShown = ({ store }: ActionPage) => store !== null
const isStored = ({ store }: ActionPage) => Boolean(store?.state.get().conversation)
const isKept = (page: ActionPage) => isStored(page) && !page.store?.state.get().conversation?.isTemporary

/** What is done with conversations, and with the one that is shown. */
export const conversationActions = [
  {
    id: 'new-conversation',
    label: 'New conversation',
    keywords: '/new begin start',
    section: 'Conversations',
    run({ client, goTo }) {
      client.conversations.beginIn(null)
      goTo('/')
      return done
    },
  },
  {
    id: 'temporary-conversation',
    label: 'Temporary conversation',
    keywords: 'new private incognito not kept',
    section: 'Conversations',
    run({ goTo }) {
      goTo(TEMPORARY_PATH)
      return done
    },
  },
  {
    id: 'palette',
    label: 'Search and do anything',
    section: 'Conversations',
    run({ client }) {
      client.overlay.set('palette')
      return done
    },
  },
  {
    id: 'persona',
    label: 'Change persona',
    keywords: '/persona who answers character',
    section: 'This conversation',
    isOffered: isShown,
    chosen: ({ store }) => store?.state.get().persona ?? '',
    ...byCommandWithChoice('persona'),
  },
  {
    id: 'intensity',
    label: 'Change intensity',
    keywords: '/intensity how hard',
    section: 'This conversation',
    isOffered: isShown,
    chosen: shownIntensity,
    ...byCommandWithChoice('intensity'),
  },
  {
    id: 'model',
    label: 'Change model',
    keywords: '/model',
    section: 'This conversation',
    isOffered: (page) => isShown(page) && page.client.models.length > 1,
    chosen: ({ client, store }) => store?.state.get().model ?? modelId(client.models[0]),
    ...byCommandWithChoice('model'),
  },
  {
    id: 'statistics',
    label: 'Statistics',
    keywords: '/stats tokens cost context messages count',
    section: 'This conversation',
    isOffered: isStored,
    ...byCommand('stats'),
  },
  {
    id: 'summary',
    label: 'Summary of earlier messages',
    keywords: '/summary read change',
    section: 'This conversation',
    isOffered: isStored,
    ...byCommand('summary'),
  },
  {
    id: 'clear-context',
    label: 'Clear context',
    keywords: '/clear afresh forget earlier messages',
    section: 'This conversation',
    isOffered: (page) => isStored(page) && page.store !== null && isAtRest(page.store.state.get()),
    ...byCommand('clear', ''),
  },
  {
    id: 'share',
    label: 'Share',
    keywords: '/share link public copy',
    section: 'This conversation',
    isOffered: isKept,
    ...byCommand('share', ''),
  },
  {
    id: 'export-markdown',
    label: 'Export as Markdown',
    keywords: '/export download file save',
    section: 'This conversation',
    isOffered: isStored,
    ...byCommand('export', 'markdown'),
  },
  {
    id: 'export-json',
    label: 'Export as JSON',
    keywords: '/export download file save',
    section: 'This conversation',
    isOffered: isStored,
    ...byCommand('export', 'json'),
  },
  {
    id: 'export-pdf',
    label: 'Export as PDF, to print',
    keywords: '/export print paper save',
    section: 'This conversation',
    isOffered: isStored,
    ...byCommand('export', 'pdf'),
  },
] as const satisfies readonly Action[]

/** The chosen one, else the persona's own. */
function shownIntensity({ client, store }: ActionPage): string {
  const { persona, intensity } = store?.state.get() ?? {}
  return intensity ?? client.personas.find(({ id }) => id === persona)?.intensity ?? ''
}
