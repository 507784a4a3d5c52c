'use client'

import { TextField } from '#components/ui/text-field.tsx'
import { AccountForm } from './account-form.tsx'
import type { AccountAction } from './form-state.ts'
import { PasswordField } from './password-field.tsx'

interface RegisterFormProps {
  action: AccountAction
  /** What is sent along: where to go then, or the secret of an invitation. */
  hidden: Record<string, string>
}

export function RegisterForm({ action, hidden }: RegisterFormProps) {
  return (
    <AccountForm action={action} submit={{ label: 'Create account', pending: 'Creating account…' }}>
      {({ values, faults }) => (
        <>
          {Object.entries(hidden).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
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
            hint="At least 8 characters, best a few unrelated words."
            error={faults?.password}
          />
        </>
      )}
    </AccountForm>
  )
}
