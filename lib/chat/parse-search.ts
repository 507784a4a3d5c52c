import { foldText } from './fold-text.ts'

/** One thing that is looked for, folded. */
export interface SearchTerm {
  text: string
  /** Of a script that puts no space between words: it may stand anywhere in a run, and is found by its pairs. */
  isRun: boolean
  /** What stands for it in its place: words that it may have been meant as. */
  instead?: string[]
}

/** What is read of a query; the rest is taken for pasted by mistake. */
const MAX_TERMS = 12
const MAX_LENGTH = 500
/** As `search_words` cuts them. */
const MAX_WORD_LENGTH = 32

/** Scripts that put no space between words: those of `search_words`. */
export const RUN_CHARACTERS =
  '\\u0e00-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u318f\\u31a0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\ua960-\\ua97f\\uac00-\\ud7ff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}'

const term = new RegExp(`([${RUN_CHARACTERS}]+)|((?:(?![${RUN_CHARACTERS}])[\\p{Alphabetic}0-9])+)`, 'gu')

/** What a query looks for: every term has to be found. Nothing that could be looked for: none. */
export function parseSearch(query: string): SearchTerm[] {
  const terms = new Map<string, SearchTerm>()
  for (const [, run, word] of foldText(query.slice(0, MAX_LENGTH)).matchAll(term)) {
    const text = run ?? [...(word ?? '')].slice(0, MAX_WORD_LENGTH).join('')
    terms.set(text, { text, isRun: run !== undefined })
  }
  return [...terms.values()].slice(0, MAX_TERMS)
}
