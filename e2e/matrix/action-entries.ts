import { OWNERS_PASSWORD, type Scene } from './scene.ts'

export interface ActionEntry {
  /** A page that has it. */
  path: string
  /** What its owner sends; it does its work for them. */
  fields: (scene: Scene) => Record<string, string>
  /** Whether somebody who is not signed in, or no administrator, may use it. */
  door: 'open' | 'session' | 'administrator'
}

const actions = 'app/(account)/actions.ts'
const linkActions = 'app/(account)/link-actions.ts'

export const actionEntries: Record<string, ActionEntry> = {
  [`${actions}#signInAction`]: {
    path: '/login',
    fields: ({ owner }) => ({ email: owner.email, password: 'not the password' }),
    door: 'open',
  },
  [`${actions}#registerAction`]: {
    path: '/register',
    fields: ({ owner }) => ({ name: 'Ada', email: owner.email, password: 'another quiet colonnade' }),
    door: 'open',
  },
  [`${actions}#signInWithProviderAction`]: {
    path: '/login',
    fields: () => ({ provider: 'github' }),
    door: 'open',
  },
  [`${linkActions}#acceptInvitationAction`]: {
    path: '/invitation/none',
    fields: () => ({
      ...{ name: 'Ada', email: 'invited@example.test', password: 'another quiet colonnade' },
      secret: 'none',
    }),
    door: 'open',
  },
  [`${linkActions}#resetPasswordAction`]: {
    path: '/password/none',
    fields: () => ({ secret: 'none', newPassword: 'another quiet colonnade' }),
    door: 'open',
  },
  [`${actions}#signOutAction`]: { path: '/', fields: () => ({}), door: 'open' },
  [`${actions}#changePasswordAction`]: {
    path: '/settings',
    fields: () => ({ currentPassword: OWNERS_PASSWORD, newPassword: 'a loud peristyle at noon' }),
    door: 'session',
  },
  [`${actions}#signOutEverywhereAction`]: {
    path: '/settings',
    fields: () => ({}),
    door: 'session',
  },
}
