'use client'

import { Button } from '#components/ui/button.tsx'

export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-6 text-center">
      <h1 className="mb-2 font-semibold text-xl">The page could not be made</h1>
      <p className="text-muted">
        Something went wrong on the server. Nothing that you sent is lost.
        {error.digest && ` The log has the cause under ${error.digest}.`}
      </p>
      <Button variant="primary" className="mt-6" onClick={reset}>
        Retry
      </Button>
    </main>
  )
}
