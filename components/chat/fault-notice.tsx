import { TriangleAlert } from 'lucide-react'
import { DismissButton } from '#components/ui/dismiss-button.tsx'
import type { RequestError } from './chat-api.ts'
import { SignInLink } from './sign-in-link.tsx'

/** What went wrong beside the answers. */
export function FaultNotice({ notice, onDismiss }: { notice: RequestError; onDismiss: () => void }) {
  return (
    <div
      role="alert"
      className="mb-2 flex flex-wrap items-center gap-x-2.5 rounded-xl bg-danger-soft py-2 pr-2 pl-4 text-sm"
    >
      <TriangleAlert aria-hidden size={16} className="shrink-0 text-danger" />
      <p className="min-w-0 flex-1 py-1.5">{notice.message}</p>
      {notice.code === 'signed_out' && <SignInLink />}
      <DismissButton onClick={onDismiss} />
    </div>
  )
}
