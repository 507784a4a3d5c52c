import { common, createLowlight } from 'lowlight'

// The whole module, with its 37 grammars, is one chunk that is loaded with the first code on a page.
const lowlight = createLowlight(common)

/** The kinds of words that have a colour; `.code-…` in markdown.css. */
export type CodeKind = 'comment' | 'keyword' | 'string' | 'number' | 'name' | 'type' | 'added' | 'removed'

export interface CodeSpan {
  kind: CodeKind
  start: number
  end: number
}

const kinds: Record<string, CodeKind> = {
  'hljs-comment': 'comment',
  'hljs-quote': 'comment',
  'hljs-meta': 'comment',
  'hljs-keyword': 'keyword',
  'hljs-selector-tag': 'keyword',
  'hljs-section': 'keyword',
  'hljs-string': 'string',
  'hljs-regexp': 'string',
  'hljs-template-tag': 'string',
  'hljs-link': 'string',
  'hljs-number': 'number',
  'hljs-literal': 'number',
  'hljs-symbol': 'number',
  'hljs-bullet': 'number',
  'hljs-title': 'name',
  'hljs-attr': 'name',
  'hljs-attribute': 'name',
  'hljs-property': 'name',
  'hljs-selector-class': 'name',
  'hljs-selector-id': 'name',
  'hljs-name': 'keyword',
  'hljs-built_in': 'type',
  'hljs-type': 'type',
  'hljs-variable': 'type',
  'hljs-addition': 'added',
  'hljs-deletion': 'removed',
}

type HighlightTree = ReturnType<typeof lowlight.highlight>

/** The coloured parts of a code, in order; none when the language is unknown. Offsets in UTF-16 units. */
export function highlightCode(code: string, language: string): CodeSpan[] {
  const name = language.toLowerCase()
  if (!lowlight.registered(name)) return []
  const spans: CodeSpan[] = []
  let offset = 0

  function walk(nodes: HighlightTree['children'], inherited: CodeKind | undefined) {
    for (const node of nodes) {
      if (node.type === 'text') {
        const end = offset + node.value.length
        if (inherited && node.value.trim()) spans.push({ kind: inherited, start: offset, end })
        offset = end
      } else if (node.type === 'element') {
        walk(node.children as HighlightTree['children'], kindOf(node.properties.className) ?? inherited)
      }
    }
  }

  walk(lowlight.highlight(name, code).children, undefined)
  return spans
}

function kindOf(className: unknown): CodeKind | undefined {
  return Array.isArray(className) ? kinds[String(className[0])] : undefined
}
