import { z } from 'zod'

const TIMEOUT_MS = 300

const tagsSchema = z.object({ models: z.array(z.object({ name: z.string() })) })

/** The models of an Ollama on this machine, the most recently changed first; NULL when none answers within 300 ms. */
export async function findOllama(url: string): Promise<string[] | null> {
  try {
    const response = await fetch(new URL('/api/tags', url), { signal: AbortSignal.timeout(TIMEOUT_MS) })
    const tags = tagsSchema.safeParse(await response.json())
    return tags.success ? tags.data.models.map(({ name }) => name) : null
  } catch {
    // Nothing listens there, or something that is no Ollama: the usual case.
    return null
  }
}
