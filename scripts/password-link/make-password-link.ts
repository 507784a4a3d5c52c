import { v7 as uuidv7 } from 'uuid'
import { makeSecret } from '#lib/auth/secret-token.ts'
import { inTransaction, withClient } from '../backup/with-client.ts'
import { LaunchError } from '../launch/launch-error.ts'

const HOLDS_MS = 24 * 60 * 60 * 1000

/**
 * Makes what a link needs by which a person sets a new password, as administrators do on the person's page; an earlier one
 * of theirs does not hold any more. The audit log names nobody: whoever has the machine did it.
 *
 * @throws LaunchError when there is no such account, or it is disabled
 */
export async function makePasswordLink(
  databaseUrl: string,
  typed: string,
): Promise<{ secret: string; expiresAt: Date }> {
  const email = typed.trim().toLowerCase()
  const { secret, hash } = makeSecret()
  const expiresAt = new Date(Date.now() + HOLDS_MS)
  await withClient(databaseUrl, (client) =>
    inTransaction(client, 'BEGIN', async () => {
      const { rows } = await client.query<{ id: string; disabledAt: Date | null }>(
        'SELECT id, "disabledAt" FROM "user" WHERE email = $1',
        [email],
      )
      const [person] = rows
      if (!person) throw new LaunchError(`Nobody here has the address ${email}.`)
      if (person.disabledAt) {
        throw new LaunchError(`The account of ${email} is disabled: an administrator has to enable it first.`)
      }
      await client.query('DELETE FROM password_reset WHERE "userId" = $1', [person.id])
      await client.query('INSERT INTO password_reset (hash, "userId", "expiresAt") VALUES ($1, $2, $3)', [
        ...[hash, person.id, expiresAt],
      ])
      await client.query(
        `INSERT INTO audit_event (id, action, subject, "subjectId") VALUES ($1, 'password.reset_made', $2, $3)`,
        [uuidv7(), email, person.id],
      )
    }),
  )
  return { secret, expiresAt }
}
