'use client'

import { MessageCircleDashed } from 'lucide-react'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { classNames } from '#components/ui/class-names.ts'
import { asRequestError } from './chat-api.ts'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'

/** Has a conversation that is about to begin be temporary, or not. */
export function TemporarySwitch({ isOn }: { isOn: boolean }) {
  const client = useChatClient()
  return (
    <button
      type="button"
      aria-label="Temporary"
      aria-pressed={isOn}
      title={isOn ? 'Keep this conversation' : 'Do not keep this conversation'}
      className={classNames(buttonClass({ variant: 'quiet', size: 'icon' }), isOn && 'bg-accent-soft')}
      onClick={() => client.conversations.switchTemporary(!isOn)}
    >
      <MessageCircleDashed
        aria-hidden
        size={18}
        strokeWidth={1.75}
        className={isOn ? 'text-accent' : 'text-muted'}
      />
    </button>
  )
}

/** Makes a temporary conversation one like any other. */
export function KeepButton({ store }: { store: ConversationStore }) {
  const client = useChatClient()

  async function keep() {
    try {
      await client.conversations.keepTemporary()
    } catch (error) {
      store.report(asRequestError(error))
    }
  }

  return (
    <Button size="small" onClick={() => void keep()}>
      Keep
    </Button>
  )
}
