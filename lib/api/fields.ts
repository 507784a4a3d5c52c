import { z } from 'zod'
import { intensities } from '#lib/chat/types.ts'

/** Fields that many requests and answers have. */
export const id = z.uuid()
export const exampleId = '019a0000-0000-7000-8000-000000000000'
export const time = z.iso.datetime().meta({ description: 'In UTC.' })
export const count = z.int().nonnegative()
export const tokens = count.nullable().meta({ description: 'NULL when the provider did not report it.' })

export const dollars = z.number().nullable().meta({
  description:
    'In US dollars, exact to a millionth of a cent; NULL when the price or the tokens are not known.',
})

export const intensity = z.enum(intensities).meta({ id: 'Intensity' })

const personaId = z.string().min(1).max(64).meta({ description: 'Of `GET /personas`.', example: 'stoic' })

const modelId = z.string().min(3).max(200).meta({ description: 'Of `GET /models`, as `provider:model`.' })

/** Who answers; what is missing stays as the conversation has it. */
export const choice = {
  persona: personaId.optional(),
  intensity: intensity.nullable().optional().meta({ description: 'NULL: the persona’s own.' }),
  model: modelId.nullable().optional().meta({ description: 'NULL: the usual one.' }),
}

export const limit = z.coerce.number().int().min(1).max(100).meta({ description: 'How many at most.' })
