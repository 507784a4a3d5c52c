import { call, readBody } from '#components/chat/chat-api.ts'
import type { ShareDays, ShareItem } from '#lib/chat/share.ts'

/** The copies of a conversation that are shared, the newest first. Throws a RequestError, as all of these do. */
export async function readShares(conversationId: string): Promise<ShareItem[]> {
  const response = await call('GET', `/api/conversations/${conversationId}/shares`)
  return (await readBody<{ shares: ShareItem[] }>(response)).shares
}

/** Shares the branch of a conversation that is shown, as it is now. */
export async function makeShare(
  conversationId: string,
  wanted: { sharedBy: string; days: ShareDays },
): Promise<ShareItem> {
  const response = await call('POST', `/api/conversations/${conversationId}/shares`, { body: wanted })
  return (await readBody<{ share: ShareItem }>(response)).share
}

/** Has a copy show the branch as it is now. */
export async function updateShare(id: string): Promise<ShareItem> {
  return (await readBody<{ share: ShareItem }>(await call('PUT', `/api/shares/${id}`))).share
}

/** Ends a copy for ever. */
export async function revokeShare(id: string): Promise<void> {
  await call('DELETE', `/api/shares/${id}`)
}
