const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
/** As our routes, personas and versions are named. */
const WORD = /^[a-z\d][a-z\d._-]{0,23}$/

/**
 * A path as it may stand in a log: words as our routes have them, and ids. What a person typed, and the secret of a link by
 * which somebody is invited or sets a password, is left out; so is what follows a question mark.
 */
export function loggedPath(path: string): string {
  return (path.split('?', 1)[0] ?? '')
    .split('/')
    .map((part) => (part === '' || UUID.test(part) || WORD.test(part) ? part : '…'))
    .join('/')
}
