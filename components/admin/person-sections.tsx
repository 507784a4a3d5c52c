'use client'

import { useState } from 'react'
import { call, readBody } from '#components/chat/chat-api.ts'
import { ChoiceField } from '#components/settings/choice-field.tsx'
import { FaultLine } from '#components/settings/fault-line.tsx'
import { SettingsSection } from '#components/settings/settings-section.tsx'
import { useRequest } from '#components/settings/use-request.ts'
import { FormDialog } from '#components/ui/dialog.tsx'
import { formatMoney } from '#lib/chat/money.ts'
import { type PersonChange, type PersonEntry, roleLabels, roles, type SecretLink } from '#lib/chat/person.ts'
import { BudgetForm } from './budget-form.tsx'
import { ConfirmedButton } from './confirmed-button.tsx'
import { SecretLinkBox } from './secret-link-box.tsx'

const roleOptions = roles.map((value) => ({ value, label: roleLabels[value] }))

interface PersonSectionsProps {
  person: PersonEntry
  /** What whoever has no budget of their own may spend, in words. */
  usualBudget: string
}

/** What an administrator can do for, and to, somebody who has an account. */
export function PersonSections({ person, usualBudget }: PersonSectionsProps) {
  const path = `/api/users/${person.id}`
  const change = (body: PersonChange) => call('PATCH', path, { body })
  const [link, setLink] = useState<SecretLink | null>(null)
  const { fault, run } = useRequest()
  return (
    <>
      <SettingsSection title="Role" about="Administrators see these pages, and nobody else’s conversations.">
        <ChoiceField
          label="This person is"
          value={person.role}
          options={roleOptions}
          onChange={(role) => void run(() => change({ role }))}
        />
        <FaultLine fault={fault} />
      </SettingsSection>
      <SettingsSection
        title="Budget"
        about={`Spent this month (UTC): ${formatMoney(person.spent)}. Without a budget of their own: ${usualBudget}.`}
      >
        <BudgetForm person={person} />
      </SettingsSection>
      <SettingsSection title="Password" about="For whoever has forgotten theirs.">
        <ConfirmedButton
          label="Make a link for a new password"
          question={`Make a link for ${person.name}?`}
          action="Make link"
          request={async () => {
            const made = await readBody<{ link: SecretLink }>(await call('POST', `${path}/password-link`))
            setLink(made.link)
          }}
        >
          Whoever opens it within a day sets the password of this account. A link that was made before does
          not work any more then.
        </ConfirmedButton>
        <FormDialog isOpen={link !== null} onClose={() => setLink(null)} title="Link for a new password">
          {link && <SecretLinkBox link={link} label="Link for a new password" />}
        </FormDialog>
      </SettingsSection>
      <SettingsSection title="Sessions">
        <ConfirmedButton
          label="Sign out everywhere"
          question={`Sign ${person.name} out everywhere?`}
          action="Sign out"
          request={() => call('DELETE', `${path}/sessions`)}
        >
          Every browser of theirs has to sign in again. API tokens and linked Telegram chats go on.
        </ConfirmedButton>
      </SettingsSection>
      <SettingsSection title="Account">
        {person.isDisabled ? (
          <ConfirmedButton
            label="Enable account"
            question={`Enable the account of ${person.name}?`}
            action="Enable"
            request={() => change({ disabled: false })}
          >
            They can sign in again, and their API tokens work again.
          </ConfirmedButton>
        ) : (
          <ConfirmedButton
            label="Disable account"
            question={`Disable the account of ${person.name}?`}
            action="Disable"
            request={() => change({ disabled: true })}
          >
            Their sessions end, their API tokens do not work, and answers that are being written are stopped.
            Nothing of theirs is deleted.
          </ConfirmedButton>
        )}
      </SettingsSection>
    </>
  )
}
