import { z } from 'zod'
import { cleanText } from '#lib/chat/clean-text.ts'
import { id, time } from './fields.ts'

const scope = z
  .enum(['read', 'write'])
  .meta({ id: 'Scope', description: '`write` may do what `read` may, too.' })

const tokenFields = {
  id,
  name: z.string(),
  scope,
  createdAt: time,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable().meta({ description: 'To the minute.' }),
}

export const tokenListSchema = z
  .object({
    tokens: z.array(z.object(tokenFields)).meta({ description: 'Newest first; revoked ones are gone.' }),
  })
  .meta({ id: 'TokenList' })

export const newTokenSchema = z
  .strictObject({
    name: z.string().transform(cleanText).pipe(z.string().trim().min(1).max(100)),
    scope,
    expiresAt: time.optional().meta({ description: 'Missing: it holds until it is revoked.' }),
  })
  .meta({ id: 'NewToken', example: { name: 'Laptop', scope: 'write' } })

export const madeTokenSchema = z
  .object({ ...tokenFields, token: z.string().meta({ description: 'Told this once.' }) })
  .meta({ id: 'MadeToken' })

export type NewToken = z.infer<typeof newTokenSchema>
