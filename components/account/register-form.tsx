'use client'

import { TextField } from '#components/ui/text-field.tsx'
import { AccountForm } from './account-form.tsx'
import type { AccountAction } from './form-state.ts'
import { PasswordField } from './password-field.tsx'

export function RegisterForm({ action, callbackUrl }: { action: AccountAction; callbackUrl: string }) {
  return (
    <AccountForm action={action} submit={{ label: 'Create account', pending: 'Creating account…' }}>
      {({ values, faults }) => (
        <>
          <input type="hidden" name="callbackUrl" value={callbackUrl} />
          <TextField
            label="Name"
            name="name"
            autoComplete="name"
            autoFocus={!values}
            required
            defaultValue={values?.name}
            error={faults?.name}
          />
          <TextField
            label="Email"
            name="email"
            type="email"
            autoComplete="username"
            required
            defaultValue={values?.email}
            error={faults?.email}
          />
          <PasswordField
            label="Password"
            name="password"
            autoComplete="new-password"
            required
            hint="At least 8 characters. A few unrelated words do well."
            error={faults?.password}
          />
        </>
      )}
    </AccountForm>
  )
}
