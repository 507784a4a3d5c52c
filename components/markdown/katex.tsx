import { renderToString } from 'katex'
import 'katex/dist/katex.min.css'
import { memo } from 'react'

// What a hostile formula could do is bounded: no links or images (trust), no endless macros, no giant rules.
const options = { throwOnError: false, trust: false, strict: 'ignore', maxExpand: 500, maxSize: 20 } as const

/** A formula set by KaTeX, as HTML for the eye and MathML for a screen reader. */
const Katex = memo(function Katex({ tex, display }: { tex: string; display: boolean }) {
  const html = renderToString(tex, { ...options, displayMode: display })
  return (
    <span
      className={display ? 'formula formula-display' : 'formula'}
      tabIndex={display ? 0 : undefined}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX escapes what it is given, and trusts nothing.
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
})

export default Katex
