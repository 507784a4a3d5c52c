import type { RequestError } from '#components/chat/chat-api.ts'
import { SignInLink } from '#components/chat/sign-in-link.tsx'

/** Why something was not done. */
export function FaultLine({ fault }: { fault: RequestError | null }) {
  return (
    <div role="alert" className="flex flex-wrap gap-x-3 text-danger text-sm empty:hidden">
      {fault && <p className="text-pretty">{fault.message}</p>}
      {fault?.code === 'signed_out' && <SignInLink />}
    </div>
  )
}
