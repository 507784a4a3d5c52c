'use client'

import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { ChevronLeft, Search } from 'lucide-react'
import { type KeyboardEvent, useMemo, useState } from 'react'
import type { ActionPage } from '#components/actions/action.ts'
import { actions, type KnownAction } from '#components/actions/actions.ts'
import { runAction } from '#components/actions/run-action.ts'
import { useSearch } from '#components/search/use-search.ts'
import { popupClass } from '#components/ui/popup.ts'
import { useFocusReturn } from '#components/ui/use-focus-return.ts'
import type { SearchResult } from '#lib/chat/search.ts'
import { type Entry, type EntryGroup, listEntries } from './palette-entries.ts'
import { PaletteLine } from './palette-line.tsx'

/** The rest is on the page that searches. */
const MOST_FOUND = 5

interface PaletteProps {
  page: ActionPage
  onClose(): void
  /** Something was chosen, to be done once the palette is gone. */
  onChoose(does: () => void): void
}

/** Everything that can be done and every conversation, found by typing. */
export function Palette({ page, onClose, onChoose }: PaletteProps) {
  const { client } = page
  // As they are now: what changes meanwhile must not move the line that is about to be chosen.
  const [conversations] = useState(() => client.list.all().filter(({ id }) => id !== page.store?.id))
  const [query, setQuery] = useState('')
  const [step, setStep] = useState<KnownAction | null>(null)
  const finalFocus = useFocusReturn(true)
  const [offered] = useState(() =>
    actions.filter(({ id, isOffered }) => id !== 'palette' && (isOffered?.(page) ?? true)),
  )
  const search = useSearch(
    step || query.trim() === '' ? null : new URLSearchParams({ q: query.trim() }).toString(),
  )
  // Never what an older query has found.
  const found = search.isCurrent ? search.results : null
  const groups = useMemo(
    () =>
      listEntries({
        ...{ query, page, actions: offered, conversations, step },
        found: found?.slice(0, MOST_FOUND) ?? [],
      }),
    [query, page, offered, conversations, found, step],
  )

  function goToStep(next: KnownAction | null) {
    setStep(next)
    setQuery('')
  }

  function choose(entry: Entry) {
    if (entry.kind === 'action' && entry.action.choices) goToStep(entry.action)
    else onChoose(() => perform(page, entry))
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Backspace' || query !== '' || step === null) return
    event.preventDefault()
    goToStep(null)
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup
          aria-label="Search and do anything"
          finalFocus={finalFocus}
          className={`${popupClass} fixed inset-x-3 top-[max(0.75rem,env(safe-area-inset-top))] z-40 mx-auto flex max-h-[min(30rem,calc(100dvh-1.5rem-var(--keyboard,0px)))] max-w-160 flex-col overflow-hidden md:top-[14dvh] md:max-h-[min(30rem,72dvh)]`}
        >
          <Autocomplete.Root
            open
            inline
            mode="none"
            items={groups}
            filter={null}
            itemToStringValue={(entry: Entry) => entry.label}
            autoHighlight="always"
            keepHighlight
            value={query}
            onValueChange={(value, { reason }) => reason !== 'item-press' && setQuery(value)}
          >
            <div className="flex h-13 shrink-0 items-center gap-2.5 border-line border-b px-4">
              {step ? (
                <button
                  type="button"
                  aria-label="Back"
                  className="-ml-2 flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-foreground"
                  onClick={() => goToStep(null)}
                >
                  <ChevronLeft aria-hidden size={18} />
                </button>
              ) : (
                <Search aria-hidden size={18} className="text-muted" />
              )}
              <Autocomplete.Input
                aria-label={step?.label ?? 'Search and do anything'}
                placeholder={step?.label ?? 'Search conversations, or do something'}
                autoComplete="off"
                enterKeyHint="go"
                className="h-full min-w-0 flex-1 bg-transparent outline-hidden"
                onKeyDown={onKeyDown}
              />
            </div>
            <Autocomplete.Empty className="px-4 py-4 text-muted text-sm empty:hidden">
              Nothing has this in its name.
            </Autocomplete.Empty>
            <Autocomplete.List className="min-h-0 flex-1 scroll-py-2 overflow-y-auto overscroll-contain px-2 pb-2 empty:p-0">
              {(group: EntryGroup) => (
                <Autocomplete.Group key={group.value} items={group.items} className="pt-2">
                  {/* The choices of an action have its name in the field. */}
                  <Autocomplete.GroupLabel
                    className={step ? 'sr-only' : 'px-2.5 pt-1 pb-1.5 text-muted text-xs'}
                  >
                    {group.value}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(entry: Entry) => <PaletteLine key={entry.id} entry={entry} onChoose={choose} />}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
            {search.fault && (
              <p role="status" className="shrink-0 border-line border-t px-4 py-2.5 text-muted text-sm">
                Messages were not searched: {search.fault}
              </p>
            )}
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function perform(page: ActionPage, entry: Entry): void {
  if (entry.kind === 'conversation') page.goTo(`/chat/${entry.item.id}`)
  else if (entry.kind === 'found') page.goTo(addressOf(entry.result))
  else if (entry.kind === 'search') page.open(entry.address)
  else void runAction(page, entry.action, entry.kind === 'choice' ? entry.option.value : '')
}

/** Where the passage stands that is shown of it. */
function addressOf({ conversationId, passages: [passage] }: SearchResult): string {
  return `/chat/${conversationId}${passage?.messageId ? `#${passage.messageId}` : ''}`
}
