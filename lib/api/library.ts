import { z } from 'zod'
import { count, intensity } from './fields.ts'

export const personaListSchema = z
  .object({
    personas: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        description: z.string(),
        intensity: intensity.meta({ description: 'Its own.' }),
        starters: z.array(z.string()),
        isDefault: z.boolean(),
        tokens: count.meta({ description: 'Of its composed prompt at its own intensity.' }),
        hash: z.string().meta({ description: 'SHA-256 of that prompt.' }),
      }),
    ),
  })
  .meta({ id: 'PersonaList' })

export const modelListSchema = z
  .object({
    models: z.array(
      z.object({
        id: z.string().meta({ description: 'As `provider:model`.' }),
        provider: z.string(),
        model: z.string(),
        isDefault: z.boolean(),
        isAiModel: z.boolean().meta({ description: 'False for the built-in demo.' }),
      }),
    ),
    isWhole: z.boolean().meta({ description: 'False while a provider has not told yet which it has.' }),
  })
  .meta({ id: 'ModelList' })

export const healthSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Health' })
