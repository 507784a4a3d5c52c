const MAX_NAME_LENGTH = 80

/** A person's name as it is kept: one line of 1 to 80 characters, or NULL. */
export function parseName(text: string): string | null {
  const name = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  const length = Array.from(name).length
  return length >= 1 && length <= MAX_NAME_LENGTH ? name : null
}
