'use client'

import { Button } from '#components/ui/button.tsx'
import { classNames } from '#components/ui/class-names.ts'
import type { SummaryPage } from '#lib/chat/types.ts'
import { describeOrigin } from './describe-version.ts'

interface SummaryVersionsProps {
  page: SummaryPage
  /** The number of the version that is looked at. */
  shown: number
  onLook(version: number): void
  onMore(): void
}

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** All versions, newest first; one can be looked at before it is used again. */
export function SummaryVersions({ page, shown, onLook, onMore }: SummaryVersionsProps) {
  if (page.versions.length < 2) return null

  return (
    <section aria-label="Versions" className="mt-6 border-line border-t pt-4">
      <h3 className="mb-2 font-medium text-sm">Versions</h3>
      <ul className="max-h-48 overflow-y-auto text-sm">
        {page.versions.map((version) => (
          <li key={version.id}>
            <button
              type="button"
              aria-current={version.version === shown ? 'true' : undefined}
              className={classNames(
                'flex w-full flex-wrap items-baseline gap-x-3 rounded-lg px-2 py-1.5 text-left transition-colors duration-150 hover:bg-hover',
                version.version === shown && 'bg-hover',
              )}
              onClick={() => onLook(version.version)}
            >
              <span className="font-medium tabular-nums">{version.version}</span>
              <span className="min-w-0 flex-1">
                {describeOrigin(version)}
                {version.isActive && <span className="text-accent"> · in use</span>}
              </span>
              <time dateTime={version.createdAt} className="text-muted tabular-nums">
                {dates.format(new Date(version.createdAt))}
              </time>
            </button>
          </li>
        ))}
      </ul>
      {page.nextBefore !== null && (
        <Button size="small" variant="quiet" className="mt-1" onClick={onMore}>
          Older versions
        </Button>
      )}
    </section>
  )
}
