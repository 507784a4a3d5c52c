import { describe, expect, it } from 'vitest'
import { hashPassword, verifyPassword } from './password.ts'

describe('passwords', () => {
  it('accepts the password that was hashed and no other', async () => {
    const hash = await hashPassword('a quiet colonnade')
    expect(await verifyPassword('a quiet colonnade', hash)).toBe(true)
    expect(await verifyPassword('a quiet colonnadE', hash)).toBe(false)
    expect(await verifyPassword('', hash)).toBe(false)
  })

  it('names its cost and salts each hash', async () => {
    const [first, second] = await Promise.all([hashPassword('same'), hashPassword('same')])
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(second).not.toBe(first)
  })

  it('verifies a hash of another cost', async () => {
    // From the tests of the reference implementation (P-H-C/phc-winner-argon2, src/test.c).
    const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    expect(await verifyPassword('password', hash)).toBe(true)
    expect(await verifyPassword('passwore', hash)).toBe(false)
  })

  it('takes two ways to compose a letter for the same', async () => {
    expect(await verifyPassword('Stoa\u0308 der Zeno', await hashPassword('Sto\u00e4 der Zeno'))).toBe(true)
  })

  it('never accepts anything where there is no hash', async () => {
    expect(await verifyPassword('', null)).toBe(false)
    expect(await verifyPassword('a quiet colonnade', null)).toBe(false)
  })

  it('reports a hash it cannot read', async () => {
    await expect(verifyPassword('x', 'scrypt$1$2')).rejects.toThrow('stored password hash')
  })
})
