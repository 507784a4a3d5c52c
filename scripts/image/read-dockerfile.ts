export interface Instruction {
  /** In capitals: `COPY`. */
  keyword: string
  /** The rest, on one line. */
  rest: string
}

export interface Stage {
  /** `build` of `FROM … AS build`. */
  name: string | undefined
  /** Without its `FROM`. */
  instructions: Instruction[]
}

/** The stages of a Dockerfile, in order; the last one is the image. */
export function readDockerfile(text: string): Stage[] {
  const stages: Stage[] = []
  const lines = text.replaceAll(/^\s*#.*\n/gm, '').replaceAll(/\\\n\s*/g, '')
  for (const [, keyword = '', rest = ''] of lines.matchAll(/^(\w+)\s+(.*)$/gm)) {
    if (keyword.toUpperCase() === 'FROM') {
      stages.push({ name: / as (\S+)$/i.exec(rest)?.[1], instructions: [] })
    } else stages.at(-1)?.instructions.push({ keyword: keyword.toUpperCase(), rest })
  }
  return stages
}

/** What follows a keyword in a stage, each time that it is there. */
export function restsOf(stage: Stage, keyword: string): string[] {
  return stage.instructions.flatMap((instruction) =>
    instruction.keyword === keyword ? instruction.rest : [],
  )
}

/**
 * The words of a command in the form that starts no shell: `["node", "server.js"]`.
 *
 * @throws Error for the other form, under which signals would reach a shell.
 */
export function readExecForm(rest: string | undefined): string[] {
  const words: unknown = rest?.startsWith('[') ? JSON.parse(rest) : undefined
  if (!Array.isArray(words) || !words.every((word) => typeof word === 'string')) {
    throw new Error(`This command is not written as a list of words: ${rest}`)
  }
  return words
}
