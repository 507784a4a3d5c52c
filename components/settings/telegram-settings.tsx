'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { asRequestError, type RequestError } from '#components/chat/chat-api.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/dialog.tsx'
import type { LinkedChat, LinkOffer } from '#lib/chat/telegram-link.ts'
import { LinkCode } from './link-code.tsx'
import { offerLink, unlinkChat } from './telegram-api.ts'

/** The chats of Telegram that are linked to the person, and the way to link one more. */
export function TelegramSettings({ chats }: { chats: LinkedChat[] }) {
  const router = useRouter()
  const [offer, setOffer] = useState<LinkOffer | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<RequestError | null>(null)
  const [unlinking, setUnlinking] = useState<LinkedChat | null>(null)

  useEffect(() => {
    if (!offer) return
    // Whoever comes back from Telegram sees the chat that was linked there.
    const refresh = () => router.refresh()
    window.addEventListener('focus', refresh)
    return () => window.removeEventListener('focus', refresh)
  }, [offer, router])

  async function attempt(work: () => Promise<void>) {
    if (isBusy) return
    setBusy(true)
    setFault(null)
    try {
      await work()
    } catch (error) {
      setFault(asRequestError(error))
    } finally {
      setBusy(false)
    }
  }

  const link = () => attempt(async () => setOffer(await offerLink()))

  function unlink() {
    const chat = unlinking
    if (!chat) return
    void attempt(async () => {
      await unlinkChat(chat.id)
      router.refresh()
    }).finally(() => setUnlinking(null))
  }

  return (
    <>
      {chats.length > 0 && (
        <ul aria-label="Linked chats" className="divide-y divide-line border-line border-y">
          {chats.map((chat) => (
            <li key={chat.id} className="flex items-center justify-between gap-3 py-2.5">
              <div className="min-w-0">
                <p className="truncate text-sm" dir="auto">
                  {chat.title}
                </p>
                <p className="text-muted text-sm">Linked on {day(chat.linkedAt)}</p>
              </div>
              <Button
                variant="quiet"
                size="small"
                aria-label={`Unlink ${chat.title}…`}
                onClick={() => setUnlinking(chat)}
              >
                Unlink…
              </Button>
            </li>
          ))}
        </ul>
      )}
      {offer && <LinkCode offer={offer} />}
      <Button className="self-start" aria-disabled={isBusy} onClick={link}>
        {offer ? 'Make another code' : 'Link a chat'}
      </Button>
      <p role="alert" className="text-danger text-sm empty:hidden">
        {fault?.message}
      </p>
      <ConfirmDialog
        isOpen={unlinking !== null}
        onClose={() => setUnlinking(null)}
        title="Unlink this chat?"
        action="Unlink"
        isBusy={isBusy}
        onConfirm={unlink}
      >
        <p className="text-pretty">
          Nothing more is answered in “{unlinking?.title}” until it is linked again. The conversations stay.
        </p>
      </ConfirmDialog>
    </>
  )
}

function day(time: string): string {
  return new Date(time).toLocaleDateString('en-GB', {
    ...{ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
  })
}
