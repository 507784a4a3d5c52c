import type { Intensity, PersonaOption } from '#lib/chat/types.ts'

/** The folders of the library, in the order in which a prompt is composed of them. */
export const fragmentKinds = ['base', 'core', 'styles', 'rules', 'intensity'] as const

/** The prompts that the program itself uses, each with the variables it is given. */
export const internalPrompts = {
  title: ['input'],
  continue: ['ending'],
  summarizer: ['existing_summary', 'input'],
} as const satisfies Record<string, readonly string[]>

export type InternalPromptId = keyof typeof internalPrompts
type PromptVariables<Id extends InternalPromptId> = Record<(typeof internalPrompts)[Id][number], string>

/** Something wrong in the library, or worth a look. */
export interface PromptFault {
  /** Relative to the library's folder: `prompts.yaml`, `core/identity.md`. */
  file: string
  line: number
  message: string
}

/** The library's files as they are on disk. */
export interface PromptFiles {
  directory: string
  /** The text of prompts.yaml; NULL when it could not be read. */
  yaml: string | null
  /** Each fragment's text by its path, relative to the folder: `core/identity.md`. */
  fragments: ReadonlyMap<string, string>
  /** What could not be read. */
  faults: PromptFault[]
}

/** One piece of Markdown that prompts are composed of. */
export interface PromptFragment {
  /** Relative to the library's folder: `core/identity.md`. */
  path: string
  text: string
}

/** A fragment as it stands in a composed prompt. */
export interface ComposedFragment extends PromptFragment {
  /** SHA-256 of its text, in hexadecimal. */
  hash: string
}

/** What one generation is told, and where each part of it comes from: `text` is the fragments, joined by a blank line. */
export interface ComposedText {
  text: string
  /** SHA-256 of the text, in hexadecimal. */
  hash: string
  fragments: ComposedFragment[]
}

/** The composed prompt of a persona. */
export interface ComposedPrompt extends ComposedText {
  intensity: Intensity
}

/** The library after it was checked as a whole: nothing that it names is missing. */
export interface PromptLibrary {
  /** What is worth a look but keeps nothing from working, one line each. */
  warnings: string[]
  /** In the order of prompts.yaml. */
  personas: PersonaOption[]
  /** The persona of a new conversation. */
  defaultPersona: string
  /**
   * @param intensity NULL: the persona's own.
   * @throws AppError 'unknown_persona'
   */
  composePersona(id: string, intensity: Intensity | null): ComposedPrompt
  /** A prompt of the program, with each variable replaced by its value; what a value contains stays as it is. */
  composePrompt<Id extends InternalPromptId>(id: Id, variables: PromptVariables<Id>): ComposedText
}
