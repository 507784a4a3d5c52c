import { randomInt } from 'node:crypto'
import { hashSecret } from '#lib/auth/secret-token.ts'

/** Without those that are taken for one another. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
/** 60 bits: with ten minutes to live, nobody guesses one. */
const LENGTH = 12

/** A code that links a chat, and what may be kept of it. */
export function makeLinkCode(): { code: string; hash: string } {
  const code = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return { code: code.replace(/(.{4})(?=.)/g, '$1-'), hash: hashLinkCode(code) }
}

/** However it is typed: with or without its dashes, in small letters or capitals. */
export function hashLinkCode(typed: string): string {
  return hashSecret(typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
}

/** Whether a text can be meant as a code. */
export function looksLikeCode(text: string): boolean {
  return /^[a-z0-9]{4}-?[a-z0-9]{4}-?[a-z0-9]{4}$/i.test(text.trim())
}
