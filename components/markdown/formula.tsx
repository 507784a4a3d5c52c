import { type ComponentType, lazy, Suspense } from 'react'
import { hasFormula } from './math-extension.ts'

interface FormulaProps {
  tex: string
  display: boolean
}

/** So long others wait at most for what sets formulas, in ms: a network that hangs must not keep back what can be read. */
const MAX_WAIT_MS = 2000

/** What sets formulas, once it is there. */
let loaded: ComponentType<FormulaProps> | null = null

async function loadKatex(): Promise<ComponentType<FormulaProps>> {
  // Where it cannot be had, the TeX stays: it can be read.
  const { default: Katex } = await import('./katex.tsx').catch(() => ({ default: TexSource }))
  loaded = Katex
  return Katex
}

const LazyKatex = lazy(async () => ({ default: await loadKatex() }))

/** A formula, set by KaTeX, which is loaded with the first one; its TeX until then. */
export function Formula({ tex, display }: FormulaProps) {
  // What is lazy shows the TeX for a moment however long it has been there.
  const Katex = loaded ?? LazyKatex
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

/** Waits until the formulas of texts can be set at once, so that what is put before others has its height from the start. */
export async function formulasReady(texts: readonly string[]): Promise<void> {
  if (loaded || !texts.some(hasFormula)) return
  const { promise: waited, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, MAX_WAIT_MS)
  await Promise.race([loadKatex(), waited])
  clearTimeout(timer)
}
