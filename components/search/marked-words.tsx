import type { MarkedText } from '#lib/chat/search.ts'

/** A text in which what was looked for is marked. */
export function MarkedWords({ text }: { text: MarkedText }) {
  let place = 0
  return text.map((piece) => {
    const key = place
    place += piece.text.length
    return piece.isMatch ? (
      <mark key={key} className="rounded-xs bg-accent-soft font-medium text-foreground">
        {piece.text}
      </mark>
    ) : (
      piece.text
    )
  })
}
