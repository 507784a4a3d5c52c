import { lazy, Suspense } from 'react'

const Katex = lazy(() => import('./katex.tsx'))

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
