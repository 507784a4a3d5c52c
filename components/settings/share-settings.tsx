'use client'

import Link from 'next/link'
import { useState } from 'react'
import { RevokeDialog } from '#components/share/revoke-dialog.tsx'
import { revokeShare } from '#components/share/share-api.ts'
import { ShareLink } from '#components/share/share-link.tsx'
import { Button } from '#components/ui/button.tsx'
import { describeShare, type ShareItem } from '#lib/chat/share.ts'
import { FaultLine } from './fault-line.tsx'
import { useRequest } from './use-request.ts'

/** What the person shares, and the way to end it. */
export function ShareSettings({ shares }: { shares: ShareItem[] }) {
  const [revoking, setRevoking] = useState<ShareItem | null>(null)
  const { isBusy, fault, run } = useRequest()

  async function revoke() {
    if (!revoking || isBusy) return
    await run(() => revokeShare(revoking.id))
    setRevoking(null)
  }

  return (
    <>
      {shares.length === 0 && <p className="text-muted text-sm">You share nothing.</p>}
      {shares.length > 0 && (
        <ul aria-label="Shared copies" className="divide-y divide-line">
          {shares.map((share) => (
            <li key={share.id} className="flex flex-col gap-2 py-4 first:pt-0 last:pb-0">
              <div className="flex items-start justify-between gap-3">
                <div className="min-w-0">
                  <Link
                    href={`/chat/${share.conversationId}`}
                    prefetch={false}
                    dir="auto"
                    className="block truncate font-medium text-sm hover:text-accent"
                  >
                    {share.title}
                  </Link>
                  <p className="text-muted text-sm wrap-anywhere">{describeShare(share)}</p>
                </div>
                <Button
                  variant="quiet"
                  size="small"
                  className="-me-3 shrink-0"
                  aria-label={`Revoke ${share.title}…`}
                  onClick={() => setRevoking(share)}
                >
                  Revoke…
                </Button>
              </div>
              <ShareLink path={share.path} title={share.title} />
            </li>
          ))}
        </ul>
      )}
      <FaultLine fault={fault} />
      <RevokeDialog
        share={revoking}
        isBusy={isBusy}
        onClose={() => setRevoking(null)}
        onConfirm={() => void revoke()}
      />
    </>
  )
}
