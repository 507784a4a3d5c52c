import { Button } from '#components/ui/button.tsx'
import type { ImportState } from '#lib/chat/import-report.ts'
import { conversations, fileSize, sumOf } from './describe-import.ts'

interface ImportProgressProps {
  state: ImportState
  /** How many bytes are there, while the file is sent; NULL: it is read. */
  sent: number | null
  onStop(): void
}

/** How far a file has come: first its bytes, then its conversations. */
export function ImportProgress({ state, sent, onStop }: ImportProgressProps) {
  const { fileName, size, progress, counts } = state
  const share = sent === null ? progress : sent / size
  const done = sumOf(counts)
  const words =
    sent === null
      ? done === 0
        ? 'The file is here and will be read'
        : `${conversations(done)} read so far`
      : `${fileSize(sent)} of ${fileSize(size)} sent`
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-4">
        <p className="min-w-0 truncate text-sm" dir="auto">
          {fileName}
        </p>
        <Button size="small" variant="quiet" className="-me-3" onClick={onStop}>
          Stop
        </Button>
      </div>
      <div
        role="progressbar"
        aria-label={sent === null ? 'Reading' : 'Sending'}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={words}
        className="h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <div
          className="h-full bg-accent transition-[width] duration-150"
          style={{ width: `${Math.min(100, share * 100)}%` }}
        />
      </div>
      <p className="flex flex-wrap justify-between gap-x-6 text-muted text-sm tabular-nums">
        <span>{words}</span>
        <span>
          {sent === null
            ? 'You can leave this page: it goes on.'
            : 'Stay on this page until the file is sent.'}
        </span>
      </p>
    </div>
  )
}
