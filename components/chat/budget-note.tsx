'use client'

import { X } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { describeReset } from '#lib/chat/month-spending.ts'
import { useChatClient } from './chat-context.tsx'
import type { BudgetWarning } from './month-watch.ts'
import { useCell } from './use-cell.ts'

/** Above the composer, from 80 % of the month's budget on: how much of it is used. */
export function BudgetNote() {
  const client = useChatClient()
  const warning = useCell(client.month.warning)

  function dismiss() {
    client.month.dismiss()
    client.focusComposer()
  }

  return (
    <div role="status">
      {warning && (
        <div className="flex items-center gap-1 pr-2.5 pb-1 pl-4 text-muted text-sm">
          <p className="min-w-0 flex-1">{sentence(warning)}</p>
          <Button
            variant="quiet"
            size="icon"
            className="size-8 text-muted"
            aria-label="Dismiss"
            onClick={dismiss}
          >
            <X aria-hidden size={16} />
          </Button>
        </div>
      )}
    </div>
  )
}

function sentence({ percent, resetsAt }: BudgetWarning): string {
  if (percent < 100) return `You have used ${percent} % of this month’s budget.`
  return `This month’s budget is used up. The next month begins on ${describeReset(resetsAt)}.`
}
