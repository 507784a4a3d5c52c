/** RFC 5321: a path is at most 256 octets with its angle brackets. */
const MAX_EMAIL_LENGTH = 254

/** As much as an address needs to be one; that it exists only its owner can show. */
const emailPattern = /^[^\s@"<>\p{Cc}]{1,64}@[^\s@"<>\p{Cc}]+$/u

/**
 * The one spelling under which an address is kept and looked up, or NULL when the text is none.
 * NFKC makes what a Japanese or Chinese input method leaves full width into what the person meant.
 */
export function parseEmail(text: string): string | null {
  const email = text.normalize('NFKC').trim().toLowerCase()
  return email.length <= MAX_EMAIL_LENGTH && emailPattern.test(email) ? email : null
}
