import { AuthError } from 'next-auth'
import type { AccountFormState } from '#components/account/form-state.ts'
import { PasswordRefused } from '#lib/auth/configuration.ts'
import { toAppError } from '#lib/server/answer-errors.ts'

/** What the form shows next. */
export function answer(
  { attempt }: AccountFormState,
  outcome: Omit<AccountFormState, 'attempt'>,
): AccountFormState {
  return { attempt: attempt + 1, ...outcome }
}

/** An error at its field when it has one, else over the form. */
export function explain(error: unknown): Pick<AccountFormState, 'faults' | 'message'> {
  const { message, field } = toAppError(causeOf(error)).body
  return field ? { faults: { [field]: message } } : { message }
}

/** next-auth wraps what a callback of ours throws. */
function causeOf(error: unknown): unknown {
  if (error instanceof PasswordRefused) return error.reason
  if (error instanceof AuthError && error.cause?.err) return error.cause.err
  return error
}

/** The texts of a form; a file in the place of one is none. */
export function read<Name extends string>(form: FormData, ...names: Name[]): Record<Name, string> {
  const entries = names.map((name) => {
    const value = form.get(name)
    return [name, typeof value === 'string' ? value : '']
  })
  return Object.fromEntries(entries)
}
