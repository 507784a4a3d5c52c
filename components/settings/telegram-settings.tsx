'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/dialog.tsx'
import { formatDay } from '#lib/chat/format-day.ts'
import type { LinkedChat, LinkOffer } from '#lib/chat/telegram-link.ts'
import { FaultLine } from './fault-line.tsx'
import { LinkCode } from './link-code.tsx'
import { offerLink, unlinkChat } from './telegram-api.ts'
import { useRequest } from './use-request.ts'

/** The chats of Telegram that are linked to the person, and the way to link one more. */
export function TelegramSettings({ chats }: { chats: LinkedChat[] }) {
  const router = useRouter()
  const [offer, setOffer] = useState<LinkOffer | null>(null)
  const { isBusy, fault, run } = useRequest()
  const [unlinking, setUnlinking] = useState<LinkedChat | null>(null)

  useEffect(() => {
    if (!offer) return
    // Whoever comes back from Telegram sees the chat that was linked there.
    const refresh = () => router.refresh()
    window.addEventListener('focus', refresh)
    return () => window.removeEventListener('focus', refresh)
  }, [offer, router])

  async function link() {
    const made = await run(offerLink)
    if (made) setOffer(made)
  }

  async function unlink() {
    if (!unlinking) return
    await run(() => unlinkChat(unlinking.id))
    setUnlinking(null)
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
                <p className="text-muted text-sm">Linked on {formatDay(chat.linkedAt)}</p>
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
      <Button className="self-start" isBusy={isBusy} onClick={() => void link()}>
        {offer ? 'Make another code' : 'Link a chat'}
      </Button>
      <FaultLine fault={fault} />
      <ConfirmDialog
        isOpen={unlinking !== null}
        onClose={() => setUnlinking(null)}
        title="Unlink this chat?"
        action="Unlink"
        isBusy={isBusy}
        onConfirm={() => void unlink()}
      >
        <p className="text-pretty">
          Nothing more is answered in “{unlinking?.title}” until it is linked again. The conversations stay.
        </p>
      </ConfirmDialog>
    </>
  )
}
