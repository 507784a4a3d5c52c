import { beforeEach, describe, expect, it, vi } from 'vitest'
import { db } from '#lib/db/client.ts'
import { findUserById } from '#lib/db/users.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { changePassword } from './change-password.ts'
import * as passwords from './password.ts'
import { checkRegistrationForm, register } from './register.ts'
import { signInWithPassword } from './sign-in.ts'
import { ACCOUNT_ATTEMPTS, ADDRESS_ATTEMPTS } from './sign-in-limits.ts'

vi.mock('./password.ts', { spy: true })

const ada = { name: 'Ada', email: 'ada@example.com', password: 'a quiet colonnade' }
const address = '203.0.113.9'

beforeEach(async () => {
  await emptyDatabase()
  await register(ada, 'open', address)
  vi.mocked(passwords.verifyPassword).mockClear()
})

function signIn(changes: Partial<typeof ada & { address: string }> = {}) {
  return signInWithPassword({ ...ada, address, ...changes })
}

/** Attempts that are known to fail take no argon2: thousands of them would tell nothing more. */
function withoutHashing() {
  vi.mocked(passwords.verifyPassword).mockResolvedValue(false)
  return { [Symbol.dispose]: () => vi.mocked(passwords.verifyPassword).mockReset() }
}

async function codesOf(attempts: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const attempt of await Promise.allSettled(attempts)) {
    const code = attempt.status === 'rejected' ? attempt.reason.code : 'signed_in'
    counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}

describe('signInWithPassword', () => {
  it('knows a person by email, however it is written, and password', async () => {
    expect(await signIn()).toMatchObject({ email: ada.email, name: 'Ada' })
    expect(await signIn({ email: ' ADA@Example.com ' })).toMatchObject({ email: ada.email })
  })

  it('answers unknown, unusable and wrong alike, after the same work', async () => {
    await db().user.create({
      data: { id: crypto.randomUUID(), email: 'oauth@example.com', name: 'O', role: 'member' },
    })
    const attempts = [
      { password: 'a loud colonnade' },
      { email: 'nobody@example.com' },
      { email: 'oauth@example.com' },
      { email: 'not an address\0' },
      { email: 'nobody@example.com', password: '' },
      { password: 'x'.repeat(1_000_000) },
    ]
    for (const attempt of attempts) {
      const refusal = await signIn(attempt).catch((error: unknown) => error)
      expect(refusal).toMatchObject({
        code: 'wrong_credentials',
        userMessage: 'The email or the password is wrong.',
        field: undefined,
      })
    }
    expect(passwords.verifyPassword).toHaveBeenCalledTimes(attempts.length)
  })

  it('tells only whoever has the password that the account is disabled', async () => {
    await db().user.updateMany({ data: { disabledAt: new Date() } })
    await expect(signIn()).rejects.toMatchObject({ userMessage: expect.stringContaining('disabled') })
    await expect(signIn({ password: 'wrong' })).rejects.toMatchObject({
      userMessage: 'The email or the password is wrong.',
    })
  })
})

describe('limits', () => {
  it('stop guessing one account from any number of addresses, all at once', async () => {
    {
      using _ = withoutHashing()
      const guesses = Array.from({ length: 30 }, (_, i) =>
        signIn({ address: `198.51.100.${i}`, password: 'x' }),
      )
      expect(await codesOf(guesses)).toEqual({
        wrong_credentials: ACCOUNT_ATTEMPTS,
        too_many_attempts: 30 - ACCOUNT_ATTEMPTS,
      })
    }
    const refusal = await signIn().catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'too_many_attempts', retryAfterSeconds: expect.any(Number) })
    const { retryAfterSeconds = 0 } = refusal as { retryAfterSeconds?: number }
    expect(retryAfterSeconds).toBeGreaterThan(800)
    expect(retryAfterSeconds).toBeLessThanOrEqual(900)
  })

  it('stop an account that does not exist in the same way', async () => {
    using _ = withoutHashing()
    const guesses = Array.from({ length: 12 }, () => signIn({ email: 'nobody@example.com' }))
    expect(await codesOf(guesses)).toEqual({ wrong_credentials: ACCOUNT_ATTEMPTS, too_many_attempts: 2 })
  })

  it('stop one address that tries many accounts, without using up theirs', async () => {
    {
      using _ = withoutHashing()
      const guesses = Array.from({ length: ADDRESS_ATTEMPTS + 20 }, (_, i) =>
        signIn({ email: `p${i}@example.com` }),
      )
      expect(await codesOf(guesses)).toEqual({ wrong_credentials: ADDRESS_ATTEMPTS, too_many_attempts: 20 })
      const more = Array.from({ length: ACCOUNT_ATTEMPTS }, () => signIn())
      expect(await codesOf(more)).toEqual({ too_many_attempts: ACCOUNT_ATTEMPTS })
    }
    expect(await signIn({ address: '198.51.100.1' })).toMatchObject({ email: ada.email })
  })

  it('do not count what succeeds', async () => {
    const rounds = Math.ceil(ADDRESS_ATTEMPTS / (ACCOUNT_ATTEMPTS - 1)) + 1
    for (let round = 0; round < rounds; round++) {
      {
        using _ = withoutHashing()
        const wrong = Array.from({ length: ACCOUNT_ATTEMPTS - 1 }, () =>
          signIn({ address: `10.0.0.${round}` }),
        )
        expect(await codesOf(wrong)).toEqual({ wrong_credentials: ACCOUNT_ATTEMPTS - 1 })
      }
      expect(await signIn()).toMatchObject({ email: ada.email })
    }
    expect(await db().rateLimit.findMany({ where: { points: { gt: ACCOUNT_ATTEMPTS } } })).toEqual([])
  })

  it('open again when the window is over', async () => {
    {
      using _ = withoutHashing()
      await codesOf(Array.from({ length: ACCOUNT_ATTEMPTS + 1 }, () => signIn()))
    }
    await expect(signIn()).rejects.toMatchObject({ code: 'too_many_attempts' })
    await db().rateLimit.updateMany({ data: { expire: new Date(Date.now() - 1) } })
    expect(await signIn()).toMatchObject({ email: ada.email })
  })
})

describe('register', () => {
  it('names every fault of the form at once', async () => {
    expect(await checkRegistrationForm({ name: ' ', email: 'ada@', password: 'short' })).toEqual({
      faults: {
        name: expect.any(String),
        email: 'This is not an email address.',
        password: 'Use at least 8 characters.',
      },
    })
    const own = { name: 'Grace Hopper', email: 'grace.hopper@example.com', password: 'Grace.Hopper' }
    expect(await checkRegistrationForm(own)).toMatchObject({ faults: { password: expect.any(String) } })
    expect(
      await checkRegistrationForm({ ...own, email: ' GRACE@Example.com', password: 'four unrelated' }),
    ).toEqual({
      checked: { name: 'Grace Hopper', email: 'grace@example.com', password: 'four unrelated' },
    })
  })

  it('limits asking which emails are taken', async () => {
    const asked = Array.from({ length: ADDRESS_ATTEMPTS + 5 }, () => register(ada, 'open', '198.51.100.7'))
    const codes = await codesOf(asked)
    expect(codes).toEqual({ email_taken: ADDRESS_ATTEMPTS, too_many_attempts: 5 })
  })
})

describe('changePassword', () => {
  const next = 'a louder colonnade'

  async function person() {
    return signIn()
  }

  it('takes the new password in place of the old and ends the sessions', async () => {
    const { id } = await person()
    await changePassword({ userId: id, current: ada.password, next, address })
    await expect(signIn()).rejects.toMatchObject({ code: 'wrong_credentials' })
    expect(await signIn({ password: next })).toMatchObject({ id, sessionVersion: 1 })
  })

  it('wants the current password, a good new one, and few guesses', async () => {
    const { id: userId } = await person()
    await expect(changePassword({ userId, current: 'wrong', next, address })).rejects.toMatchObject({
      code: 'wrong_credentials',
      field: 'currentPassword',
    })
    await expect(
      changePassword({ userId, current: ada.password, next: 'password1', address }),
    ).rejects.toMatchObject({ code: 'weak_password', field: 'newPassword' })
    {
      using _ = withoutHashing()
      const guess = () => changePassword({ userId, current: 'wrong', next, address })
      expect(await codesOf(Array.from({ length: ACCOUNT_ATTEMPTS }, guess))).toMatchObject({
        too_many_attempts: 1,
      })
    }
    expect(await findUserById(userId)).toMatchObject({ sessionVersion: 0 })
  })

  it('gives a password to whoever has none yet', async () => {
    const { id } = await person()
    await db().user.update({ where: { id }, data: { passwordHash: null } })
    await changePassword({ userId: id, current: '', next, address })
    expect(await signIn({ password: next })).toMatchObject({ id })
  })
})
