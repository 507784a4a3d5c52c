import { createPersonStorage, type PersonStorage } from '#components/chat/person-storage.ts'

/** Whether this browser can tell anything at all: not on plain HTTP, nor where it is built without. */
export function canNotify(): boolean {
  return 'Notification' in window && window.isSecureContext
}

function choices(userId: string): PersonStorage<true> {
  return createPersonStorage({
    ...{ prefix: 'stoa-notify', userId },
    parse: (stored) => (stored === true ? true : null),
  })
}

/** Whether this person wants to be told, in this browser, and it lets us. */
export function wantsNotifications(userId: string): boolean {
  return canNotify() && Notification.permission === 'granted' && choices(userId).load('answers') === true
}

/**
 * Asks the browser's permission and keeps the choice.
 *
 * @returns false: the browser does not allow it
 */
export async function turnNotificationsOn(userId: string): Promise<boolean> {
  if (!canNotify() || (await Notification.requestPermission()) !== 'granted') return false
  choices(userId).save('answers', true)
  return true
}

export function turnNotificationsOff(userId: string): void {
  choices(userId).clear('answers')
}
