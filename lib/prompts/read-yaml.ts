import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml'
import type { PromptFault } from './types.ts'

/** More than a library needs, and far less than a document of aliases of aliases expands to. */
const MAX_ALIASES = 100

/** After these the rest of the document can still be trusted, and checked. */
const harmlessCodes = ['DUPLICATE_KEY', 'TAG_RESOLVE_FAILED']

type YamlFault = Omit<PromptFault, 'file'>

interface YamlReading {
  /** NULL when the faults leave nothing to go by. */
  value: unknown
  faults: YamlFault[]
  /** The line of a key or list item, or of what is written nearest around it. */
  lineOf(path: readonly PropertyKey[]): number
}

/** Reads YAML as mere data (one document, no key twice, no tags, no alias bomb) and remembers where everything stands. */
export function readYaml(text: string): YamlReading {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, logLevel: 'error' })
  const lineAt = (offset: number) => counter.linePos(offset).line || 1
  const lineOf = (path: readonly PropertyKey[]) => lineAt(findOffset(document, path))

  // One broken bracket can be reported a thousand times.
  const faults = new Map<string, YamlFault>()
  for (const { code, pos, message } of [...document.errors, ...document.warnings]) {
    const line = lineAt(pos[0])
    const isDuplicate = code === 'DUPLICATE_KEY'
    const key = isDuplicate ? text.slice(pos[0]).match(/^[^\s:]+/)?.[0] : undefined
    faults.set(`${line} ${code}`, {
      line,
      message: isDuplicate ? `the key "${key}" is there twice` : message,
    })
  }
  let value: unknown = null
  if (document.errors.every(({ code }) => harmlessCodes.includes(code))) {
    try {
      value = document.toJS({ maxAliasCount: MAX_ALIASES })
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error
      faults.set('aliases', { line: lineAt(findBadAlias(document)), message: error.message })
    }
  }
  return { value, faults: [...faults.values()], lineOf }
}

function findOffset(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents
  let offset = 0
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document)
    let next: unknown
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      offset = isScalar(pair?.key) ? (pair.key.range?.[0] ?? offset) : offset
      next = pair?.value
    } else if (isSeq(node)) {
      const item = node.items[Number(key)]
      offset = isNode(item) ? (item.range?.[0] ?? offset) : offset
      next = item
    }
    if (next === undefined) break
    node = next
  }
  return offset
}

/** The alias that leads nowhere, else (there are too many) the first. */
function findBadAlias(document: Document): number {
  const offsets: { offset: number; leadsNowhere: boolean }[] = []
  visit(document, {
    Alias(_key, alias) {
      offsets.push({ offset: alias.range?.[0] ?? 0, leadsNowhere: alias.resolve(document) === undefined })
    },
  })
  return (offsets.find(({ leadsNowhere }) => leadsNowhere) ?? offsets[0])?.offset ?? 0
}
