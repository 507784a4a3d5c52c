'use client'

import { AccountForm } from './account-form.tsx'
import type { AccountAction } from './form-state.ts'
import { PasswordField } from './password-field.tsx'

interface PasswordFormProps {
  action: AccountAction
  email: string
  /** False for whoever has only signed in through another provider so far. */
  hasPassword: boolean
}

/** Changes the password, or sets the first. */
export function PasswordForm({ action, email, hasPassword }: PasswordFormProps) {
  const label = hasPassword ? 'Change password' : 'Set password'
  return (
    <AccountForm action={action} submit={{ label, pending: 'Saving…' }} isPart>
      {({ faults }) => (
        <>
          {/* Tells a password manager whose password it is. */}
          <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
          {hasPassword && (
            <PasswordField
              label="Current password"
              name="currentPassword"
              autoComplete="current-password"
              required
              error={faults?.currentPassword}
            />
          )}
          <PasswordField
            label="New password"
            name="newPassword"
            autoComplete="new-password"
            required
            hint="At least 8 characters. Ends every other session."
            error={faults?.newPassword}
          />
        </>
      )}
    </AccountForm>
  )
}
