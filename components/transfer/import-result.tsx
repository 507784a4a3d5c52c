'use client'

import { X } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { asRequestError, type RequestError } from '#components/chat/chat-api.ts'
import { FaultLine } from '#components/settings/fault-line.tsx'
import { Button } from '#components/ui/button.tsx'
import { ButtonSwitch } from '#components/ui/button-switch.tsx'
import { classNames } from '#components/ui/class-names.ts'
import type { ImportEntry, ImportState } from '#lib/chat/import-report.ts'
import { describeEnd, describeRest, sumOf } from './describe-import.ts'
import { readReport } from './import-api.ts'
import { ImportEntryRow } from './import-entry-row.tsx'

const views = [
  { value: 'all', label: 'All' },
  { value: 'skipped', label: 'Skipped' },
] as const
type View = (typeof views)[number]['value']

/** What came of an import: the sum of it, and each conversation. */
export function ImportResult({ state, onForget }: { state: ImportState; onForget(): void }) {
  const { id, status, counts } = state
  const imported = counts.imported ?? 0
  const skipped = sumOf(counts) - imported
  const rest = describeRest(state)
  return (
    <div className="flex flex-col gap-4">
      <div
        className={classNames(
          'flex items-start justify-between gap-3 rounded-lg py-2.5 ps-3.5 pe-1 text-sm',
          status === 'done' ? 'bg-surface' : 'bg-danger-soft',
        )}
      >
        <div className="min-w-0">
          <p className={classNames('font-medium', status === 'failed' && 'text-danger')}>
            {describeEnd(state)}
          </p>
          {rest && <p className="mt-0.5 text-pretty">{rest}</p>}
          <p className="mt-0.5 truncate text-muted" dir="auto">
            {state.fileName}
          </p>
        </div>
        <Button
          size="icon"
          variant="quiet"
          aria-label="Dismiss the report"
          className="-my-1.5"
          onClick={onForget}
        >
          <X aria-hidden size={16} />
        </Button>
      </div>
      {imported + skipped > 0 && <Entries importId={id} canFilter={imported > 0 && skipped > 0} />}
    </div>
  )
}

function Entries({ importId, canFilter }: { importId: string; canFilter: boolean }) {
  const [view, setView] = useState<View>('all')
  const [entries, setEntries] = useState<ImportEntry[]>([])
  const [nextAfter, setNextAfter] = useState<number | null>(null)
  const [fault, setFault] = useState<RequestError | null>(null)

  const load = useCallback(
    async (after: number, isWanted: () => boolean = () => true) => {
      try {
        const page = await readReport(importId, after, view === 'skipped')
        if (!isWanted()) return
        setEntries((before) => (after === 0 ? page.entries : [...before, ...page.entries]))
        setNextAfter(page.nextAfter)
        setFault(null)
      } catch (error) {
        setFault(asRequestError(error))
      }
    },
    [importId, view],
  )
  useEffect(() => {
    let isShown = true
    // An answer that comes late is another view's.
    void load(0, () => isShown)
    return () => {
      isShown = false
    }
  }, [load])

  return (
    <>
      {canFilter && (
        // As wide as its words in the column, which would stretch it.
        <div>
          <ButtonSwitch<View> label="Shown" value={view} options={views} onChange={setView} />
        </div>
      )}
      <ul
        aria-label="Conversations in the file"
        className="max-h-96 divide-y divide-line overflow-y-auto border-line border-y"
      >
        {entries.map((entry) => (
          <ImportEntryRow key={entry.position} entry={entry} />
        ))}
      </ul>
      {nextAfter !== null && (
        <Button size="small" className="self-start" onClick={() => void load(nextAfter)}>
          Show more
        </Button>
      )}
      <FaultLine fault={fault} />
    </>
  )
}
