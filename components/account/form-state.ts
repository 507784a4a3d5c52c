/** What a form of `/login`, `/register` or `/settings` shows after it was sent. */
export interface AccountFormState {
  /** Goes up with each answer, so that the same fault a second time is news. */
  attempt: number
  /** What was typed, by field; never a password. */
  values?: Record<string, string>
  /** What is wrong, by field. */
  faults?: Record<string, string>
  /** What is wrong with the whole. */
  message?: string
}

export type AccountAction = (state: AccountFormState, form: FormData) => Promise<AccountFormState>
