'use client'

import { CopyButton } from '#components/ui/copy-button.tsx'
import { isThisMachine } from '#lib/chat/is-this-machine.ts'
import type { SecretLink } from '#lib/chat/person.ts'
import { formatTime } from './format-time.ts'

/** A link that is shown once. */
export function SecretLinkBox({ link, label }: { link: SecretLink; label: string }) {
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-1 rounded-lg border border-edge bg-raised py-1 pr-1 pl-3">
        <input
          readOnly
          aria-label={label}
          value={link.url}
          onFocus={(event) => event.currentTarget.select()}
          className="h-8 min-w-0 flex-1 bg-transparent font-mono text-sm outline-hidden"
        />
        <CopyButton text={link.url} label="Copy link" />
      </div>
      <p role="status" className="text-pretty text-muted text-sm">
        It works once, until {formatTime(link.expiresAt)}. It is not shown again: copy it now, and send it by
        a way that you trust.
      </p>
      {isThisMachine(new URL(link.url).hostname) && (
        <p className="text-pretty text-sm">
          This address leads here from this machine only. For anybody else, open Stoa by the address that they
          use, and make the link there.
        </p>
      )}
    </div>
  )
}
