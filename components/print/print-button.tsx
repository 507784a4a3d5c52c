'use client'

import { Printer } from 'lucide-react'
import { useEffect } from 'react'
import { Button, buttonClass } from '#components/ui/button.tsx'

/** Opens the print dialog, at once when the page is there and again when asked to. */
export function PrintButton({ back }: { back: string }) {
  useEffect(() => {
    let isGone = false
    // What is printed before its fonts are there is set in others.
    void document.fonts.ready.then(() => {
      if (!isGone) window.print()
    })
    return () => {
      isGone = true
    }
  }, [])

  return (
    <nav aria-label="Printing" className="mb-10 flex flex-wrap items-center gap-3 print:hidden">
      <Button variant="primary" onClick={() => window.print()}>
        <Printer aria-hidden size={16} />
        Print or save as PDF
      </Button>
      <a href={back} className={`${buttonClass({ variant: 'quiet' })} max-sm:-ms-4`}>
        Back to the conversation
      </a>
    </nav>
  )
}
