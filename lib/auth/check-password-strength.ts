import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

const MIN_PASSWORD_LENGTH = 8
/** Hashing costs the same whatever the length; this only bounds what is carried around. */
export const MAX_PASSWORD_LENGTH = 1024

/**
 * Refused when fewer guesses than this would find it: the ten thousand commonest passwords, their usual disguises
 * (capitals, 0 for o), repeats and runs of keys. The sign-in limit lets about 1,000 guesses through in a day.
 */
const COMMON_WITHIN_GUESSES = 10_000

/** Nothing common is longer, and the estimator's work grows with the square of the length. */
const MAX_COMMON_LENGTH = 64

let estimator: Promise<ZxcvbnFactory> | undefined

/**
 * What is wrong with a new password, in words for the person; NULL when nothing is. Any characters in any mix are
 * welcome. A length is counted in code points, so that an emoji is one character.
 *
 * @param personal what others know of the person (address, name): no password by itself
 */
export async function checkPasswordStrength(password: string, personal: string[]): Promise<string | null> {
  const length = Array.from(password).length
  if (length < MIN_PASSWORD_LENGTH) return `Use at least ${MIN_PASSWORD_LENGTH} characters.`
  if (length > MAX_PASSWORD_LENGTH) return `Use at most ${MAX_PASSWORD_LENGTH} characters.`
  if (length > MAX_COMMON_LENGTH) return null
  estimator ??= loadEstimator()
  const { guesses } = (await estimator).check(password, personal)
  if (guesses >= COMMON_WITHIN_GUESSES) return null
  return 'This is among the first passwords that anyone would guess. A few unrelated words do well.'
}

/** 30,000 words and their index: loaded when the first password is chosen. */
async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({
    dictionary: { passwords: dictionary['passwords-common'] },
    graphs: adjacencyGraphs,
  })
}
