import { modelName } from '#lib/chat/offered-model.ts'
import type { SummaryVersion } from '#lib/chat/types.ts'

/** Who a version is by and where it came from, in words: "written by gpt-5.4-nano". */
export function describeOrigin(version: SummaryVersion): string {
  const { author, restoredFromVersion, basedOnVersion, model } = version
  if (restoredFromVersion !== null) return `which uses version ${restoredFromVersion} again`
  if (author === 'person')
    return basedOnVersion === null ? 'by you' : `by you, from version ${basedOnVersion}`
  return `written by ${modelName(model ?? 'a model')}`
}

/** What a version stands for, or would, in sentences. */
export function describeReach({ coveredMessages, isActive, canHold }: SummaryVersion): string {
  const count = coveredMessages.toLocaleString('en')
  const messages =
    coveredMessages === 0 ? 'earlier messages' : `${count} ${coveredMessages === 1 ? 'message' : 'messages'}`
  if (isActive) {
    const they = coveredMessages === 1 ? 'It stays' : 'They stay'
    return `Stands for ${messages} that the assistant is not sent any more. ${they} in the conversation, unchanged.`
  }
  if (canHold) return `Stood for ${messages}. Another version is used now.`
  return `Stood for ${messages}. It cannot be used here: it is of another branch, or the context was started afresh since.`
}
