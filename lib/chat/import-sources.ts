/** Where conversations can come from: their provider's name in a generation, and what people call it. */
const importSources = { chatgpt: 'ChatGPT', claude: 'Claude' } as const

export type ImportSource = keyof typeof importSources | 'stoa'

/** Who is named with an answer: its persona, or where it was imported from. */
export function writerLabel(
  { provider, persona }: { provider: string; persona: string },
  personaLabel: (id: string) => string,
): string {
  return importedFrom(provider) ?? personaLabel(persona)
}

/** What the provider that is named with an answer is called, when the answer was imported from there; NULL: it was not. */
export function importedFrom(provider: string): string | null {
  return provider === 'chatgpt' || provider === 'claude' ? importSources[provider] : null
}
