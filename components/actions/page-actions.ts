import { RequestError } from '#components/chat/chat-api.ts'
import type { CommandEnd } from '#components/chat/run-command.ts'
import { changeAccount } from '#components/settings/account-api.ts'
import { densities, setDensity, shownDensity } from '#components/ui/density.ts'
import { setTheme, shownTheme } from '#components/ui/set-theme.ts'
import { themeFrom, themeLabels, themes } from '#lib/chat/theme.ts'
import { type Action, done } from './action.ts'

function opens(path: string): Pick<Action, 'run'> {
  return {
    run({ open }) {
      open(path)
      return done
    },
  }
}

/** What leads to other pages, and what is done with the whole of Stoa. */
export const pageActions = [
  {
    id: 'search',
    label: 'Search everything',
    keywords: 'find messages filters date persona',
    section: 'Pages',
    ...opens('/search'),
  },
  { id: 'archived', label: 'Archived conversations', section: 'Pages', ...opens('/archive') },
  { id: 'trash', label: 'Trash', keywords: 'deleted restore', section: 'Pages', ...opens('/trash') },
  { id: 'usage', label: 'Usage', keywords: 'cost tokens money', section: 'Pages', ...opens('/usage') },
  {
    id: 'personas',
    label: 'Personas',
    keywords: 'prompts fragments',
    section: 'Pages',
    ...opens('/personas'),
  },
  { id: 'compare', label: 'Compare personas', section: 'Pages', ...opens('/personas/compare') },
  { id: 'try', label: 'Try personas side by side', section: 'Pages', ...opens('/personas/try') },
  {
    id: 'settings',
    label: 'Settings',
    keywords: 'preferences profile password instructions tokens',
    section: 'Pages',
    ...opens('/settings'),
  },
  {
    id: 'administration',
    label: 'Administration',
    keywords: 'people models jobs audit',
    section: 'Pages',
    isOffered: ({ isAdministrator }) => isAdministrator,
    ...opens('/admin'),
  },
  {
    id: 'theme',
    label: 'Theme',
    keywords: 'dark light colours appearance',
    section: 'Appearance',
    choices: () => themes.map((value) => ({ value, label: themeLabels[value] })),
    chosen: shownTheme,
    run(_page, choice) {
      setTheme(themeFrom(choice))
      return done
    },
  },
  {
    id: 'density',
    label: 'Density',
    keywords: 'compact comfortable spacing appearance',
    section: 'Appearance',
    choices: () => densities,
    chosen: shownDensity,
    run: (_page, choice) => chooseDensity(choice),
  },
  {
    id: 'help',
    label: 'Keys and commands',
    keywords: '/help shortcuts keyboard what can be done',
    section: 'Stoa',
    run({ client }) {
      client.overlay.set('help')
      return done
    },
  },
  {
    id: 'sign-out',
    label: 'Sign out',
    keywords: 'log out leave',
    section: 'Stoa',
    run({ signOut }) {
      signOut()
      return done
    },
  },
] as const satisfies readonly Action[]

/** Shown at once; when it cannot be kept, as it was. */
async function chooseDensity(choice: string): Promise<CommandEnd> {
  const before = shownDensity()
  const density = densities.find(({ value }) => value === choice)?.value ?? before
  setDensity(density)
  try {
    await changeAccount({ preferences: { density } })
    return done
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    setDensity(before)
    return { kind: 'kept', why: error.message }
  }
}
