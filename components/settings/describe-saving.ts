import type { Saving } from './use-saving.ts'

/** How saving goes, in words; `unsaved`: what is said of changes that are not saved yet, also of those made since. */
export function describeSaving({ state, fault }: Saving, unsaved: string): string {
  if (state === 'saving') return 'Saving…'
  if (fault) return ''
  return unsaved || (state === 'saved' ? 'Saved.' : '')
}
