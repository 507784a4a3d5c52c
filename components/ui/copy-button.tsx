'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { copyText } from './copy-text.ts'

/** How long the button says that it has copied, in ms. */
const SAID_FOR = 2000

/** Copies a text, and says so for a moment. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [said, setSaid] = useState<string | null>(null)

  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(null), SAID_FOR)
    return () => clearTimeout(timer)
  }, [said])

  return (
    <button
      type="button"
      aria-label={said ?? label}
      title={said ?? label}
      className="inline-flex size-8 items-center justify-center rounded-md text-muted transition-colors duration-150 hover:bg-hover hover:text-foreground"
      onClick={async () => setSaid((await copyText(text)) ? 'Copied' : 'Copying is not allowed here')}
    >
      {said === 'Copied' ? <Check aria-hidden size={16} /> : <Copy aria-hidden size={16} />}
    </button>
  )
}
