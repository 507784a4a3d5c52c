import { describeExhausted, type MonthSpending } from '#lib/chat/month-spending.ts'
import { AppError } from '#lib/errors.ts'

/** What keeps a turn from being started, each in the words that the person reads. */
export const turnErrors = {
  running: () =>
    new AppError(
      'generation_running',
      'An answer is being written in this conversation. Wait for it to end, or stop it.',
    ),
  idTaken: () =>
    new AppError('message_id_taken', 'Another message has this id. Send it with a new one.', {
      field: 'message.id',
    }),
  shuttingDown: () =>
    new AppError('shutting_down', 'The server is restarting. Try again in a few seconds.', {
      retryAfterSeconds: 5,
    }),
  notOfConversation: (wanted: 'a message' | 'an answer') =>
    new AppError(
      'invalid_request',
      `This is not ${wanted} of the conversation. Reload the page and try again.`,
      { field: 'parentId' },
    ),
  notNew: () =>
    new AppError('invalid_request', 'Only a new conversation can be temporary.', { field: 'temporary' }),
  notContinuable: (why: string) =>
    new AppError('not_continuable', `This answer cannot be continued: ${why}.`, { field: 'answerId' }),
  unknownModel: (model: string) =>
    new AppError(
      'unknown_model',
      `This server does not offer the model "${model}". Choose one that it lists.`,
      {
        field: 'model',
      },
    ),
  nobody: () => new AppError('signed_out', 'This account is gone, or was disabled.'),
  overBudget: (month: MonthSpending) => new AppError('budget_exhausted', describeExhausted(month)),
  tooMany: (limit: number, retryAfterSeconds: number) =>
    new AppError(
      'too_many_turns',
      `You have sent ${limit} messages within a minute. Try again in ${retryAfterSeconds} s.`,
      { retryAfterSeconds },
    ),
}
