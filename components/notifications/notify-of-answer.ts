import type { Conversation } from '#lib/chat/types.ts'
import { wantsNotifications } from './notification-choice.ts'

interface EndedAnswer {
  userId: string
  conversation: Pick<Conversation, 'id' | 'title' | 'isTemporary'>
  /** Whether it came to its end. */
  isComplete: boolean
}

/** Tells somebody who is elsewhere that an answer has ended, when they have asked for it. */
export async function notifyOfAnswer({ userId, conversation, isComplete }: EndedAnswer): Promise<void> {
  if (document.visibilityState === 'visible' || !wantsNotifications(userId)) return
  // Only a worker may do it on Android, and only it brings the tab back there.
  const worker = await navigator.serviceWorker.getRegistration()
  const { id, title, isTemporary } = conversation
  await worker?.showNotification(isComplete ? 'Stoa: answer finished' : 'Stoa: the answer broke off', {
    body: isTemporary ? 'Temporary conversation' : title,
    // The next one of the same conversation takes its place.
    tag: id,
    icon: '/icons/icon-192.png',
    data: { path: isTemporary ? '/' : `/chat/${id}` },
  })
}
