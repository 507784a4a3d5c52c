/** The mark of Stoa: a porch, three columns under a beam. */
export function BrandMark({ size = 20 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 20 20" className="text-accent">
      <path fill="currentColor" d="M2 3h16v3H2zM3 8h3v8H3zm5.5 0h3v8h-3zM14 8h3v8h-3zM1 17h18v1.5H1z" />
    </svg>
  )
}
