'use client'

import { TextField } from '#components/ui/text-field.tsx'
import { AccountForm } from './account-form.tsx'
import type { AccountAction } from './form-state.ts'
import { PasswordField } from './password-field.tsx'

interface SignInFormProps {
  action: AccountAction
  callbackUrl: string
  /** Why an earlier way of signing in failed. */
  fault: string | null
}

export function SignInForm({ action, callbackUrl, fault }: SignInFormProps) {
  return (
    <AccountForm action={action} fault={fault} submit={{ label: 'Sign in', pending: 'Signing in…' }}>
      {({ values, faults }) => (
        <>
          <input type="hidden" name="callbackUrl" value={callbackUrl} />
          <TextField
            label="Email"
            name="email"
            type="email"
            autoComplete="username"
            autoFocus={!values}
            required
            defaultValue={values?.email}
            error={faults?.email}
          />
          <PasswordField
            label="Password"
            name="password"
            autoComplete="current-password"
            required
            error={faults?.password}
          />
        </>
      )}
    </AccountForm>
  )
}
