import { requireCaller } from '#lib/auth/require-caller.ts'
import { describePersona } from '#lib/prompts/describe-persona.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiJson } from '#lib/server/api-json.ts'

/** The personas of the prompt library. */
export function GET(request: Request): Promise<Response> {
  return answerProblems(async () => {
    await requireCaller(request, 'read')
    const library = promptLibrary()
    const stacks = library.personas.map(({ id }) => describePersona(library, id, null))
    const personas = stacks
      .filter((stack) => stack !== null)
      .map(({ persona: { id, label, description, intensity, starters }, tokens, hash }) => ({
        ...{ id, label, description, intensity, starters, tokens, hash },
        isDefault: id === library.defaultPersona,
      }))
    return apiJson(request, { personas })
  })
}
