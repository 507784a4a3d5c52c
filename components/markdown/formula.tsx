import { type ComponentType, lazy, Suspense } from 'react'

/** Where it cannot be had, the TeX stays: it can be read. */
const Katex = lazy<ComponentType<FormulaProps>>(() =>
  import('./katex.tsx').catch(() => ({ default: TexSource })),
)

interface FormulaProps {
  tex: string
  display: boolean
}

/** A formula, set by KaTeX, which is loaded with the first one; its TeX until then. */
export function Formula({ tex, display }: FormulaProps) {
  return (
    <Suspense fallback={<TexSource tex={tex} display={display} />}>
      <Katex tex={tex} display={display} />
    </Suspense>
  )
}

/** The TeX of a formula that is not set yet. */
export function TexSource({ tex, display }: FormulaProps) {
  return <code className={display ? 'tex tex-display' : 'tex'}>{tex}</code>
}
