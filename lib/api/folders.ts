import { z } from 'zod'
import { cleanText } from '#lib/chat/clean-text.ts'
import { MAX_FOLDER_NAME_LENGTH, MAX_INSTRUCTION_LENGTH } from '#lib/chat/limits.ts'
import { choice, id } from './fields.ts'

const name = z.string().transform(cleanText).pipe(z.string().trim().min(1).max(MAX_FOLDER_NAME_LENGTH))
const persona = choice.persona
  .unwrap()
  .nullable()
  .meta({ description: 'What conversations begin with that are begun in it; NULL: as you prefer.' })
const instructions = z
  .string()
  .transform(cleanText)
  .pipe(z.string().trim().max(MAX_INSTRUCTION_LENGTH))
  .meta({ description: 'Sent with every answer in it, beside your own.' })

export const folderSchema = z
  .object({
    id,
    name: z.string().min(1).max(MAX_FOLDER_NAME_LENGTH),
    persona: z.string().nullable(),
    instructions: z.string().max(MAX_INSTRUCTION_LENGTH),
    isOpen: z.boolean().meta({ description: 'Whether the sidebar shows what is in it.' }),
    conversationCount: z
      .int()
      .meta({ description: 'Of those in it that are neither pinned nor archived nor deleted.' }),
  })
  .meta({ id: 'Folder' })

export const folderListSchema = z
  .object({ folders: z.array(folderSchema).meta({ description: 'In their order.' }) })
  .meta({ id: 'FolderList' })

export const newFolderSchema = z
  .strictObject({ name, persona: persona.optional(), instructions: instructions.optional() })
  .meta({ id: 'NewFolder', example: { name: 'Philosophy', persona: 'stoic' } })

export type NewFolder = z.infer<typeof newFolderSchema>

export const folderChangeSchema = z
  .strictObject({
    ...{ name, persona, instructions, isOpen: z.boolean() },
    position: z
      .int()
      .min(0)
      .max(1_000)
      .meta({ description: 'Among your folders, from 0; beyond the end: last.' }),
  })
  .partial()
  .refine(
    (change) => Object.keys(change).length > 0,
    'Name at least one of: name, persona, instructions, isOpen, position.',
  )
  .meta({ id: 'FolderChange', example: { name: 'Philosophy' } })

export type FolderPatch = z.infer<typeof folderChangeSchema>
