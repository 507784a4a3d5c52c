import { openToRead } from './backup/open-target.ts'
import { explainError } from './launch/explain-error.ts'
import { LaunchError } from './launch/launch-error.ts'
import { localAddress } from './launch/local-address.ts'
import { readEnvironment } from './launch/read-environment.ts'
import { makePasswordLink } from './password-link/make-password-link.ts'

const USAGE = 'npm run password-link -- EMAIL    make a link by which this person sets a new password'

/** `npm run password-link -- EMAIL`: for an administrator who is locked out; Stoa may run meanwhile. */
async function passwordLink(): Promise<void> {
  const [email, ...more] = process.argv.slice(2)
  if (email === undefined || more.length > 0) throw new LaunchError(`Name one address.\n\n${USAGE}`)
  const { env } = readEnvironment()
  const target = await openToRead(env)
  try {
    const { secret, expiresAt } = await makePasswordLink(target.url, email)
    console.log(
      `${env.AUTH_URL === undefined ? localAddress(env) : new URL(env.AUTH_URL).origin}/password/${secret}`,
    )
    console.log(`It works once, until ${expiresAt.toISOString()}, and sets the password of ${email}.`)
  } finally {
    await target.close()
  }
}

await passwordLink().catch((error: unknown) => {
  console.error(explainError(error))
  process.exitCode = 1
})
