import { modelName } from '#lib/chat/offered-model.ts'
import type { SummaryVersion } from '#lib/chat/types.ts'

/** Who a version is by and where it came from, in words: "written by gpt-5.4-nano". */
export function describeOrigin(version: SummaryVersion): string {
  const { author, restoredFromVersion, basedOnVersion, model } = version
  if (restoredFromVersion !== null) return `version ${restoredFromVersion}, used again`
  if (author === 'person')
    return basedOnVersion === null ? 'by you' : `by you, from version ${basedOnVersion}`
  return `written by ${modelName(model ?? 'a model')}`
}

/** What a version stands for, in words. */
export function describeReach({ coveredMessages }: SummaryVersion): string {
  if (coveredMessages === 0) return 'Stands for earlier messages'
  return `Stands for ${coveredMessages.toLocaleString('en')} ${coveredMessages === 1 ? 'message' : 'messages'}`
}
