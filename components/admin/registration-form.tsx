'use client'

import { useState } from 'react'
import { call } from '#components/chat/chat-api.ts'
import { ChoiceField } from '#components/settings/choice-field.tsx'
import { FaultLine } from '#components/settings/fault-line.tsx'
import { useRequest } from '#components/settings/use-request.ts'
import type { Registration } from '#lib/chat/registration.ts'

const labels: Record<Registration, string> = {
  open: 'Everybody',
  first: 'Only the first person',
  closed: 'Nobody',
}

interface RegistrationFormProps {
  /** As administrators have set it; NULL: they have not. */
  chosen: Registration | null
  configured: Registration
}

/** Who may sign up; what is set here stands over the configuration. */
export function RegistrationForm({ chosen, configured }: RegistrationFormProps) {
  const { fault, run } = useRequest()
  const [shown, setShown] = useState<Registration | 'configured'>(chosen ?? 'configured')

  async function choose(value: Registration | 'configured') {
    const before = shown
    setShown(value)
    const registration = value === 'configured' ? null : value
    if (!(await run(() => call('PUT', '/api/registration', { body: { registration } })))) setShown(before)
  }

  return (
    <div className="flex flex-col gap-2">
      <ChoiceField
        label="Who may make an account"
        hint={
          shown === 'configured'
            ? `The configuration says REGISTRATION=${configured}. A choice here stands over it, at once and on every instance.`
            : `This stands over REGISTRATION=${configured} of the configuration. Whoever has an invitation joins either way.`
        }
        value={shown}
        options={[
          { value: 'configured', label: `As configured: ${labels[configured].toLowerCase()}` },
          { value: 'open', label: labels.open },
          { value: 'closed', label: labels.closed },
        ]}
        onChange={(value) => void choose(value)}
      />
      <FaultLine fault={fault} />
    </div>
  )
}
