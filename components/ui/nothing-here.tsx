import type { ReactNode } from 'react'
import { BrandMark } from './brand-mark.tsx'

interface NothingHereProps {
  title: string
  explanation: string
  /** The way on. */
  children?: ReactNode
}

/** A page of its own for an address that leads to nothing. */
export function NothingHere({ title, explanation, children }: NothingHereProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-6 text-center">
      <BrandMark size={28} />
      <h1 className="mt-6 mb-2 font-semibold text-xl">{title}</h1>
      <p className="max-w-100 text-balance text-muted">{explanation}</p>
      {children}
    </main>
  )
}
