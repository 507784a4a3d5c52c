'use client'

import { AccountForm } from './account-form.tsx'
import type { AccountAction } from './form-state.ts'
import { PasswordField } from './password-field.tsx'

interface NewPasswordFormProps {
  action: AccountAction
  email: string
  /** Of the link. */
  secret: string
}

/** Sets a password for whoever a link is for. */
export function NewPasswordForm({ action, email, secret }: NewPasswordFormProps) {
  return (
    <AccountForm action={action} submit={{ label: 'Set password', pending: 'Saving…' }}>
      {({ faults }) => (
        <>
          <input type="hidden" name="secret" value={secret} />
          {/* Tells a password manager whose password it is. */}
          <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
          <PasswordField
            label="New password"
            name="newPassword"
            autoComplete="new-password"
            required
            hint="At least 8 characters. Ends every session there is."
            error={faults?.newPassword}
          />
        </>
      )}
    </AccountForm>
  )
}
