'use client'

import { useCallback, useEffect, useState } from 'react'
import { asRequestError, type RequestError } from '#components/chat/chat-api.ts'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { FaultLine } from '#components/settings/fault-line.tsx'
import { Button } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/dialog.tsx'
import { describeShare, type ShareItem } from '#lib/chat/share.ts'
import { NewShareForm } from './new-share-form.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'
import { makeShare, readShares, revokeShare, updateShare } from './share-api.ts'
import { ShareLink } from './share-link.tsx'

/** Shares a copy of a conversation, and shows what is shared of it. */
export function ShareDialog({ conversationId, onClose }: { conversationId: string; onClose(): void }) {
  const client = useChatClient()
  const [shares, setShares] = useState<ShareItem[] | null>(null)
  const [isMaking, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ShareItem | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<RequestError | null>(null)

  const run = useCallback(async (request: () => Promise<void>) => {
    setBusy(true)
    setFault(null)
    try {
      await request()
    } catch (error) {
      setFault(asRequestError(error))
    } finally {
      setBusy(false)
    }
  }, [])

  useEffect(() => void run(async () => setShares(await readShares(conversationId))), [run, conversationId])

  const make = (wanted: Parameters<typeof makeShare>[1]) =>
    run(async () => {
      const made = await makeShare(conversationId, wanted)
      setShares((known) => [made, ...(known ?? [])])
      setMaking(false)
      client.announce('The link is made.')
    })

  const update = (share: ShareItem) =>
    run(async () => {
      const updated = await updateShare(share.id)
      setShares((known) => known?.map((each) => (each.id === share.id ? updated : each)) ?? null)
      client.announce('The shared copy is updated.')
    })

  const revoke = () =>
    run(async () => {
      if (!revoking) return
      await revokeShare(revoking.id)
      setShares((known) => known?.filter(({ id }) => id !== revoking.id) ?? null)
      client.announce('The link is revoked.')
    }).finally(() => setRevoking(null))

  const hasNone = shares?.length === 0
  return (
    <FormDialog isOpen onClose={onClose} title="Share a copy">
      <p className="text-pretty text-muted text-sm">
        Whoever has the link can read this conversation as it is now. What you write or delete later changes
        nothing in the copy until you update it. Deleting the conversation ends the link.
      </p>
      <div aria-busy={shares === null && !fault} className="mt-5 flex min-h-24 flex-col gap-5">
        {shares?.map((share, place) => (
          <section
            key={share.id}
            aria-label={shares.length > 1 ? `Shared copy ${place + 1} of ${shares.length}` : 'Shared copy'}
            className="flex flex-col gap-2"
          >
            <ShareLink path={share.path} />
            <p className="text-muted text-sm wrap-anywhere">
              {describeShare(share)}.{share.isBehind && ' More has been written since.'}
            </p>
            <div className="flex gap-2">
              <Button size="small" isBusy={isBusy} onClick={() => void update(share)}>
                Update the copy
              </Button>
              <Button size="small" variant="quiet" onClick={() => setRevoking(share)}>
                Revoke…
              </Button>
            </div>
          </section>
        ))}
        {(hasNone || isMaking) && (
          <NewShareForm
            isBusy={isBusy}
            onMake={(wanted) => void make(wanted)}
            onCancel={hasNone ? onClose : () => setMaking(false)}
          />
        )}
        <FaultLine fault={fault} />
        {!(hasNone || isMaking) && (
          <div className="flex justify-between gap-2">
            {shares ? <Button onClick={() => setMaking(true)}>Make another link</Button> : <span />}
            <Button variant="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        )}
      </div>
      <RevokeDialog
        share={revoking}
        isBusy={isBusy}
        onClose={() => setRevoking(null)}
        onConfirm={() => void revoke()}
      />
    </FormDialog>
  )
}
