import type { NewInvitation, OpenInvitation, SecretLink } from '#lib/chat/person.ts'
import { inTime } from '#lib/db/in-time.ts'
import { insertInvitation } from '#lib/db/invitations.ts'
import { insertPasswordReset } from '#lib/db/password-resets.ts'
import { publicOrigin } from './public-origin.ts'
import { makeSecret } from './secret-token.ts'

/** An invitation with its link, which nobody can be told again. */
export async function makeInvitation(
  invitation: NewInvitation,
  headers: Headers,
): Promise<SecretLink & OpenInvitation> {
  const { secret, hash } = makeSecret()
  const made = await inTime(insertInvitation(hash, invitation))
  return { ...made, url: `${publicOrigin(headers)}/invitation/${secret}` }
}

/** The link by which a person sets a new password; earlier ones of theirs do not hold any more. */
export async function makePasswordLink(userId: string, headers: Headers): Promise<SecretLink> {
  const { secret, hash } = makeSecret()
  const { expiresAt } = await inTime(insertPasswordReset(userId, hash))
  return { url: `${publicOrigin(headers)}/password/${secret}`, expiresAt }
}
