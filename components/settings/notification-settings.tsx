'use client'

import { useEffect, useState } from 'react'
import {
  canNotify,
  turnNotificationsOff,
  turnNotificationsOn,
  wantsNotifications,
} from '#components/notifications/notification-choice.ts'
import { ChoiceField } from './choice-field.tsx'

const options = [
  { value: 'off', label: 'Say nothing' },
  { value: 'on', label: 'Tell me' },
] as const

/** Whether this browser tells of finished answers; its permission is asked for only when one says so here. */
export function NotificationSettings({ userId }: { userId: string }) {
  const [choice, setChoice] = useState<'off' | 'on'>('off')
  const [note, setNote] = useState('')

  useEffect(() => setChoice(wantsNotifications(userId) ? 'on' : 'off'), [userId])

  async function choose(wanted: 'off' | 'on') {
    setNote('')
    if (wanted === 'off') {
      turnNotificationsOff(userId)
      setChoice('off')
    } else if (!canNotify()) {
      setNote('This browser can tell you nothing here. It may need HTTPS.')
    } else if (await turnNotificationsOn(userId)) {
      setChoice('on')
    } else {
      setNote(
        'This browser does not allow it. Allow notifications of this site in its settings, then choose again.',
      )
    }
  }

  return (
    <div className="flex flex-col gap-2">
      <ChoiceField
        label="When an answer is finished while I am elsewhere"
        hint="In this browser, while a tab of Stoa is open. The title of the conversation is shown."
        value={choice}
        options={options}
        onChange={(wanted) => void choose(wanted)}
      />
      <p role="status" className="text-pretty text-danger text-sm empty:hidden">
        {note}
      </p>
    </div>
  )
}
