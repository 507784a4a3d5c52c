import type { Intensity, PersonaOption } from './types.ts'

/** A fragment of a composed prompt, with its size. */
export interface StackFragment {
  /** The folder it stands in: base, core, styles, rules or intensity. */
  kind: string
  /** Relative to the library's folder: `core/identity.md`. */
  path: string
  text: string
  tokens: number
}

/** A persona at one intensity: what it is composed of, and what comes of it. */
export interface PersonaStack {
  persona: PersonaOption
  intensity: Intensity
  fragments: StackFragment[]
  /** The fragments, joined by blank lines. */
  text: string
  /** Of the text: the blank lines between fragments count, so it is a little more than their sum. */
  tokens: number
  /** SHA-256 of the text, in hexadecimal. */
  hash: string
}

/** One file in two stacks; NULL where it is no part of one. */
export interface ComparedFragment {
  kind: string
  path: string
  leftTokens: number | null
  rightTokens: number | null
}

/** The folder of a fragment. */
export function fragmentKind(path: string): string {
  return path.slice(0, path.indexOf('/'))
}

/** The files of two stacks in the order in which they are composed; what one has in the place of another stands beside it. */
export function compareStacks(left: PersonaStack, right: PersonaStack): ComparedFragment[] {
  const kinds = [...new Set([...left.fragments, ...right.fragments].map(({ kind }) => kind))]
  return kinds.flatMap((kind) => {
    const ofKind = ({ fragments }: PersonaStack) => fragments.filter((fragment) => fragment.kind === kind)
    const [lefts, rights] = [ofKind(left), ofKind(right)]
    const onlyRight = rights.filter(({ path }) => !lefts.some((other) => other.path === path))
    return [...lefts, ...onlyRight].map(({ path }) => ({
      ...{ kind, path },
      leftTokens: tokensOf(lefts, path),
      rightTokens: tokensOf(rights, path),
    }))
  })
}

function tokensOf(fragments: StackFragment[], path: string): number | null {
  return fragments.find((fragment) => fragment.path === path)?.tokens ?? null
}
