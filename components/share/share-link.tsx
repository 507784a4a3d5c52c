'use client'

import { ExternalLink } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'

const neverChanges = () => () => {}

interface ShareLinkProps {
  path: string
  /** Of what it is, where there are several. */
  title?: string
}

/** The address of a shared copy, to be copied or opened. */
export function ShareLink({ path, title }: ShareLinkProps) {
  // The server does not know under which address it is reached.
  const origin = useSyncExternalStore(
    neverChanges,
    () => window.location.origin,
    () => '',
  )
  const url = origin + path
  const to = title === undefined ? '' : ` to ${title}`
  return (
    <div className="flex items-center gap-0.5 rounded-lg border border-edge bg-raised py-1 pr-1 pl-3">
      <input
        readOnly
        aria-label={`Link${to}`}
        value={url}
        onFocus={(event) => event.currentTarget.select()}
        className="h-8 min-w-0 flex-1 truncate bg-transparent font-mono text-sm outline-hidden"
      />
      <CopyButton text={url} label={`Copy link${to}`} />
      <a
        href={path}
        target="_blank"
        rel="noreferrer"
        aria-label={title === undefined ? 'Open what others see' : `Open what others see of ${title}`}
        title="Open what others see"
        className="inline-flex size-8 items-center justify-center rounded-md text-muted transition-colors duration-150 hover:bg-hover hover:text-foreground"
      >
        <ExternalLink aria-hidden size={16} />
      </a>
    </div>
  )
}
