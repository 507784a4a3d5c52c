import { buttonClass } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import type { LinkOffer } from '#lib/chat/telegram-link.ts'

/** A code, and what to do with it. */
export function LinkCode({ offer: { code, link, bot } }: { offer: LinkOffer }) {
  return (
    <div role="status" className="flex flex-col gap-3 rounded-lg border border-line bg-raised p-4">
      <div className="flex items-center justify-between gap-3">
        <code className="font-mono text-lg tracking-wider">{code}</code>
        <CopyButton text={code} label="Copy the code" />
      </div>
      <p className="text-pretty text-muted text-sm">
        Send it to {bot ? `@${bot}` : 'the bot of this Stoa'} within ten minutes. In a group, write{' '}
        <code className="font-mono">
          /start{bot && `@${bot}`} {code}
        </code>
        . It links one chat.
      </p>
      {link && (
        <a href={link} target="_blank" rel="noreferrer" className={`${buttonClass()} self-start`}>
          Open in Telegram
        </a>
      )}
    </div>
  )
}
