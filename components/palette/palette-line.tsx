import { Autocomplete } from '@base-ui/react/autocomplete'
import { Check, ChevronRight, MessageSquare, Search } from 'lucide-react'
import { MarkedWords } from '#components/search/marked-words.tsx'
import type { SearchResult } from '#lib/chat/search.ts'
import { actionIcons } from './action-icons.ts'
import { Keys } from './keys.tsx'
import type { Entry } from './palette-entries.ts'

interface PaletteLineProps {
  entry: Entry
  onChoose(entry: Entry): void
}

/** One line: what it does or where it leads, and the key that does the same. */
export function PaletteLine({ entry, onChoose }: PaletteLineProps) {
  return (
    <Autocomplete.Item
      value={entry}
      onClick={() => onChoose(entry)}
      className="flex min-h-9 cursor-default select-none items-center gap-3 rounded-md px-2.5 py-1.5 text-sm outline-hidden data-highlighted:bg-hover max-md:min-h-11"
    >
      <Icon entry={entry} />
      {entry.kind === 'found' ? (
        <Found result={entry.result} />
      ) : (
        <span className="min-w-0 truncate">{entry.label}</span>
      )}
      <Aside entry={entry} />
    </Autocomplete.Item>
  )
}

function Icon({ entry }: { entry: Entry }) {
  const Shape =
    entry.kind === 'search' ? Search : 'action' in entry ? actionIcons[entry.action.id] : MessageSquare
  return <Shape aria-hidden size={16} className="shrink-0 text-muted" />
}

/** A conversation with the place in it that was looked for. */
function Found({ result: { title, passages } }: { result: SearchResult }) {
  const [passage] = passages
  return (
    <span className="min-w-0 flex-1">
      <span dir="auto" className="block truncate">
        <MarkedWords text={title} />
      </span>
      {passage && (
        <span dir="auto" className="line-clamp-2 text-muted text-xs wrap-anywhere">
          <MarkedWords text={passage.text} />
        </span>
      )}
    </span>
  )
}

/** At the end of the line. */
function Aside({ entry }: { entry: Entry }) {
  if (entry.kind === 'choice') {
    return (
      <span className="ml-auto flex min-w-0 items-center gap-3 pl-2">
        <span className="truncate text-muted max-sm:hidden">{entry.option.description}</span>
        {entry.isChosen ? (
          <Check aria-label="chosen" size={16} className="shrink-0 text-accent" />
        ) : (
          <span className="w-4 shrink-0" />
        )}
      </span>
    )
  }
  if (entry.kind !== 'action') return null
  const { choices, keys } = entry.action
  const [shortcut] = keys
  return (
    <span className="ml-auto flex shrink-0 items-center gap-2 [@media(hover:none)]:hidden">
      {shortcut && <Keys shortcut={shortcut} />}
      {choices && <ChevronRight aria-hidden size={14} className="text-muted" />}
    </span>
  )
}
