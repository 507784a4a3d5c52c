import { type CodeSpan, highlightCode } from './highlight-code.ts'

export interface HighlightRequest {
  id: number
  code: string
  language: string
}

export interface Highlight {
  spans: CodeSpan[]
  /** How long it took, in milliseconds. */
  took: number
}

export interface HighlightReply extends Highlight {
  id: number
}

// Beside the page: what loads 37 grammars and reads code with them is seen by no key and no frame.
addEventListener('message', ({ data: { id, code, language } }: MessageEvent<HighlightRequest>) => {
  const started = performance.now()
  const spans = spansOf(code, language)
  const reply: HighlightReply = { id, spans, took: performance.now() - started }
  postMessage(reply)
})

/** Code that its grammar cannot read stays plain, and is no reason for others to. */
function spansOf(code: string, language: string): CodeSpan[] {
  try {
    return highlightCode(code, language)
  } catch {
    return []
  }
}
