import { X } from 'lucide-react'
import { Button } from './button.tsx'

/** Takes away a line that has been read. */
export function DismissButton({ onClick }: { onClick(): void }) {
  return (
    <Button variant="quiet" size="icon" className="size-8" aria-label="Dismiss" onClick={onClick}>
      <X aria-hidden size={16} />
    </Button>
  )
}
