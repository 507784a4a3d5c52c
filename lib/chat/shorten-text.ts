const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * Cuts a text to at most `maxLength` code points, the "…" included: at a blank where there is one in the second half,
 * else between characters as a reader sees them, so that no emoji or accent is torn apart.
 */
export function shortenText(text: string, maxLength: number): string {
  if (!isLonger(text, maxLength)) return text
  const kept = firstGraphemes(text, maxLength - 1)
  const lastBlank = kept.lastIndexOf(' ')
  const endsAtWord = text[kept.length] === ' '
  const words = !endsAtWord && lastBlank > kept.length / 2 ? kept.slice(0, lastBlank) : kept
  return `${words.replace(/[\s,;:.、，；：。]+$/u, '')}…`
}

function isLonger(text: string, maxLength: number): boolean {
  let length = 0
  for (const _ of text) if (++length > maxLength) return true
  return false
}

/** As many whole graphemes as fit into `maxLength` code points; when not even one does, its first code points. */
function firstGraphemes(text: string, maxLength: number): string {
  let kept = ''
  let length = 0
  for (const { segment } of graphemes.segment(text)) {
    const codePoints = [...segment]
    if (length + codePoints.length > maxLength) return kept || codePoints.slice(0, maxLength).join('')
    kept += segment
    length += codePoints.length
  }
  return kept
}
