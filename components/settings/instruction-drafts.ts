import { createPersonStorage, type PersonStorage } from '#components/chat/person-storage.ts'
import { warnBeforeLeaving } from '#components/chat/warn-before-leaving.ts'

/** Instructions that were typed and not saved, by field. */
export type InstructionDrafts = PersonStorage<{ text: string }>

/** Kept in the browser, so that leaving the page or a failure loses nothing. */
export function createInstructionDrafts(userId: string, storage?: () => Storage): InstructionDrafts {
  const drafts: InstructionDrafts = createPersonStorage({
    ...{ prefix: 'stoa-instructions', userId, storage },
    parse(stored) {
      const text = (stored as { text?: unknown } | null)?.text
      return typeof text === 'string' ? { text } : null
    },
    onForgetful: () => warnBeforeLeaving(drafts.isForgetful()),
  })
  return drafts
}
