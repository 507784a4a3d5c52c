'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { ConfirmDialog } from '#components/ui/dialog.tsx'
import { type ApiTokenItem, describeToken } from '#lib/chat/api-token.ts'
import { revokeToken } from './api-tokens-api.ts'
import { FaultLine } from './fault-line.tsx'
import { NewTokenForm } from './new-token-form.tsx'
import { useRequest } from './use-request.ts'

/** The person's API tokens, and the way to make and revoke them. */
export function TokenSettings({ tokens, now }: { tokens: ApiTokenItem[]; now: string }) {
  const router = useRouter()
  const [isMaking, setMaking] = useState(false)
  const [made, setMade] = useState<(ApiTokenItem & { token: string }) | null>(null)
  const [revoking, setRevoking] = useState<ApiTokenItem | null>(null)
  const { isBusy, fault, run } = useRequest()

  async function revoke() {
    if (!revoking || isBusy) return
    const revoked = await run(() => revokeToken(revoking.id))
    if (revoked !== null && made?.id === revoking.id) setMade(null)
    setRevoking(null)
  }

  return (
    <>
      {tokens.length > 0 && (
        <ul aria-label="API tokens" className="divide-y divide-line">
          {tokens.map((token) => (
            <li
              key={token.id}
              className="flex items-center justify-between gap-3 py-2.5 first:pt-0 last:pb-0"
            >
              <div className="min-w-0">
                <p className="truncate text-sm" dir="auto">
                  {token.name}
                </p>
                <p className="text-muted text-sm">{describeToken(token, new Date(now))}</p>
              </div>
              <Button
                variant="quiet"
                size="small"
                className="-me-3"
                aria-label={`Revoke ${token.name}…`}
                onClick={() => setRevoking(token)}
              >
                Revoke…
              </Button>
            </li>
          ))}
        </ul>
      )}
      {made && (
        <div role="status" className="flex flex-col gap-2 rounded-lg border border-line bg-raised p-4">
          <div className="flex items-center justify-between gap-3">
            <code className="min-w-0 break-all font-mono text-sm">{made.token}</code>
            <CopyButton text={made.token} label="Copy the token" />
          </div>
          <p className="text-pretty text-muted text-sm">
            Copy it now: it is shown this once, and not kept. Whoever has it may do in your name what it may
            do. In a terminal, <code className="font-mono">npx stoa login</code> asks for it.
          </p>
        </div>
      )}
      {isMaking ? (
        <NewTokenForm
          onCancel={() => setMaking(false)}
          onMade={(token) => {
            setMade(token)
            setMaking(false)
            router.refresh()
          }}
        />
      ) : (
        <Button className="self-start" onClick={() => setMaking(true)}>
          {tokens.length > 0 ? 'Make another token' : 'Make a token'}
        </Button>
      )}
      <FaultLine fault={fault} />
      <ConfirmDialog
        isOpen={revoking !== null}
        onClose={() => setRevoking(null)}
        title="Revoke this token?"
        action="Revoke"
        isBusy={isBusy}
        onConfirm={() => void revoke()}
      >
        <p className="text-pretty">
          What uses “{revoking?.name}” is signed out within seconds, for good. Nothing that it wrote is lost.
        </p>
      </ConfirmDialog>
    </>
  )
}
