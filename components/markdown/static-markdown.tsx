import { Blocks } from './block.tsx'
import { lexMarkdown } from './lex-markdown.ts'

/** A text in Markdown that does not change, drawn on the server: only what can be pressed in it needs a script. */
export function StaticMarkdown({ text }: { text: string }) {
  const { blocks, links } = lexMarkdown(text)
  return <Blocks tokens={blocks} linkTargets={Object.keys(links).length > 0 ? JSON.stringify(links) : ''} />
}
