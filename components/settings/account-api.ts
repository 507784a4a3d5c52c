import { call } from '#components/chat/chat-api.ts'
import type { AccountChange, AccountDeletion } from '#lib/chat/account-change.ts'

/** Changes a part of the account. Throws a RequestError when it is not changed. */
export async function changeAccount(change: AccountChange): Promise<void> {
  await call('PATCH', '/api/account', { body: change })
}

/** Deletes the account with everything in it. Throws a RequestError when it is not deleted. */
export async function deleteAccount(deletion: AccountDeletion): Promise<void> {
  await call('DELETE', '/api/account', { body: deletion })
}
