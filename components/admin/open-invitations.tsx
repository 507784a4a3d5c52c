'use client'

import { call } from '#components/chat/chat-api.ts'
import { type OpenInvitation, roleLabels } from '#lib/chat/person.ts'
import { ConfirmedButton } from './confirmed-button.tsx'
import { formatTime } from './format-time.ts'

interface OpenInvitationsProps {
  invitations: OpenInvitation[]
  timeZone: string
}

/** The invitations that can still be used. */
export function OpenInvitations({ invitations, timeZone }: OpenInvitationsProps) {
  if (invitations.length === 0) return <p className="text-muted text-sm">No invitation is open.</p>
  return (
    <ul className="-my-3 divide-y divide-line">
      {invitations.map(({ id, role, expiresAt }) => (
        <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
          <p className="text-sm">
            {roleLabels[role]}
            <span className="text-muted">, until {formatTime(expiresAt, timeZone)}</span>
          </p>
          <ConfirmedButton
            label="Withdraw"
            of={`the invitation until ${formatTime(expiresAt, timeZone)}`}
            size="small"
            question="Withdraw this invitation?"
            action="Withdraw"
            request={() => call('DELETE', `/api/invitations/${id}`)}
          >
            Its link does not work any more then.
          </ConfirmedButton>
        </li>
      ))}
    </ul>
  )
}
