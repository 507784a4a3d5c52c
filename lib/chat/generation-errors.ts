/** Why an answer failed or ended early, as `Generation.errorCode` stores it. */
export type GenerationErrorCode =
  | 'wrong_key'
  | 'model_not_found'
  | 'rate_limited'
  | 'quota_exhausted'
  | 'context_too_long'
  | 'content_filtered'
  | 'provider_unavailable'
  | 'provider_unreachable'
  | 'timed_out'
  | 'empty_answer'
  | 'invalid_response'
  | 'interrupted'
  | 'unexpected'

interface GenerationErrorText {
  /** What happened, as a sentence without its stop. */
  title: string
  /** What the person can do about it, as sentences. */
  remedy: string
}

/** What a person is told for each code. */
const generationErrors: Record<GenerationErrorCode, GenerationErrorText> = {
  wrong_key: {
    title: 'The provider refused the key',
    remedy:
      'Whoever runs this Stoa has to set a valid key (OPENAI_API_KEY or ANTHROPIC_API_KEY) and start it again.',
  },
  model_not_found: {
    title: 'The provider does not know this model',
    remedy: 'Whoever runs this Stoa has to name one that it offers (OPENAI_MODEL or ANTHROPIC_MODEL).',
  },
  rate_limited: {
    title: 'The provider is receiving too many requests',
    remedy: 'Wait a minute, then try again.',
  },
  quota_exhausted: {
    title: 'The account at the provider is used up',
    remedy:
      'Its credit or its limit has to be raised at the provider. Trying again before that will not help.',
  },
  context_too_long: {
    title: 'This conversation is too long for the model',
    remedy: 'Shorten the question, or start a new conversation.',
  },
  content_filtered: {
    title: 'The provider’s filter withheld the answer',
    remedy: 'Put the question in other words.',
  },
  provider_unavailable: {
    title: 'The provider is out of order or overloaded',
    remedy: 'Try again in a moment.',
  },
  provider_unreachable: {
    title: 'The provider could not be reached',
    remedy:
      'Try again. If it goes on, the address (OPENAI_BASE_URL) or the network of this server is at fault.',
  },
  timed_out: {
    title: 'The provider took too long',
    remedy: 'Try again. If it goes on, the model may be too slow for this server’s time limit.',
  },
  empty_answer: {
    title: 'The model answered with nothing',
    remedy: 'Try again, or put the question in other words.',
  },
  invalid_response: {
    title: 'The provider answered with something that is not an answer',
    remedy:
      'Try again. If it goes on, the address (OPENAI_BASE_URL) may lead to something else than a provider.',
  },
  interrupted: {
    title: 'The answer broke off before it was finished',
    remedy: 'Nothing of it had been written. Try again.',
  },
  unexpected: {
    title: 'Something went wrong on the server',
    remedy: 'Try again. The server’s log has the cause.',
  },
}

/** The text for a stored code; one that this version does not know is explained as unexpected. */
export function explainGenerationError(code: string | null): GenerationErrorText {
  return isGenerationErrorCode(code) ? generationErrors[code] : generationErrors.unexpected
}

function isGenerationErrorCode(code: string | null): code is GenerationErrorCode {
  return code !== null && Object.hasOwn(generationErrors, code)
}
