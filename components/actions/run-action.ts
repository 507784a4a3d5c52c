import type { Action, ActionPage } from './action.ts'

/** Does an action; why it was not done is said above the composer, or where there is none, to screen readers. */
export async function runAction(page: ActionPage, action: Action, choice = ''): Promise<void> {
  const end = await action.run(page, choice)
  if (end.kind === 'done' || end.why === null) return
  if (page.store) page.store.branches.notice.set({ kind: 'kept', why: end.why })
  else page.client.announce(end.why)
}
