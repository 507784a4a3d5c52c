import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const deriveKey = promisify(argon2)

/** OWASP's first choice for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const SALT_BYTES = 16
const KEY_BYTES = 32

interface ParsedHash {
  memory: number
  passes: number
  parallelism: number
  salt: Buffer
  key: Buffer
}

const hashPattern = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/**
 * Compared against when there is no account or no password, so that the answer costs the same work. No password
 * leads to a random key.
 */
const nobody: ParsedHash = { ...COST, salt: randomBytes(SALT_BYTES), key: randomBytes(KEY_BYTES) }

/** Hashes with argon2id; the result names its own cost, so that the cost can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const key = await derive(password, { ...COST, salt, key: { length: KEY_BYTES } })
  const { memory, passes, parallelism } = COST
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(salt)}$${encode(key)}`
}

/**
 * Whether `password` is the one that was hashed. With NULL it is never right, after as much work.
 *
 * @throws Error when `hash` is not one of `hashPassword`
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const parsed = hash === null ? nobody : parseHash(hash)
  const key = await derive(password, parsed)
  return timingSafeEqual(key, parsed.key)
}

interface Derivation extends Omit<ParsedHash, 'key'> {
  key: { length: number }
}

function derive(password: string, { memory, passes, parallelism, salt, key }: Derivation): Promise<Buffer> {
  return deriveKey('argon2id', {
    // Keyboards differ in how they compose é; NIST SP 800-63B has it normalised before hashing.
    message: password.normalize('NFKC'),
    nonce: salt,
    memory,
    passes,
    parallelism,
    tagLength: key.length,
  })
}

function parseHash(hash: string): ParsedHash {
  const [, memory, passes, parallelism, salt, key] = hashPattern.exec(hash) ?? []
  if (!salt || !key) throw new Error('A stored password hash is not in the form that hashPassword writes.')
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  }
}

/** Base64 without padding, as in the PHC string format. */
function encode(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
