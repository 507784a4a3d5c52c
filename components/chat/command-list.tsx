'use client'

import { useEffect } from 'react'
import { classNames } from '#components/ui/class-names.ts'
import { popupClass } from '#components/ui/popup.ts'
import type { Suggestion } from '#lib/chat/commands.ts'
import { COMMAND_LIST_ID, optionId } from './use-command-list.ts'

interface CommandListProps {
  suggestions: Suggestion[]
  /** Of the active line. */
  index: number
  onChoose(suggestion: Suggestion): void
}

/** What a slash in the composer can become. The focus stays in the field; the active line is told from there. */
export function CommandList({ suggestions, index, onChoose }: CommandListProps) {
  const activeId = suggestions[index] && optionId(suggestions[index])

  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
  }, [activeId])

  return (
    <div
      id={COMMAND_LIST_ID}
      role="listbox"
      aria-label="Commands"
      className={`${popupClass} absolute inset-x-0 bottom-full z-10 mb-2 max-h-[min(21rem,45dvh)] md:max-h-[min(27.5rem,50dvh)] overflow-y-auto overscroll-contain p-1`}
      // The field keeps the focus, and a phone its keyboard.
      onMouseDown={(event) => event.preventDefault()}
    >
      {suggestions.map((suggestion, place) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field, which has the focus, hears the keys.
        <div
          key={suggestion.id}
          id={optionId(suggestion)}
          role="option"
          tabIndex={-1}
          aria-selected={place === index}
          className={classNames(
            'flex cursor-default select-none flex-wrap items-baseline gap-x-3 rounded-md px-2.5 py-2 text-sm',
            place === index ? 'bg-hover' : 'hover:bg-hover/60',
          )}
          onClick={() => onChoose(suggestion)}
        >
          <span className="font-medium wrap-anywhere md:min-w-32">
            {suggestion.label}
            {suggestion.argument && <span className="font-normal text-muted"> {suggestion.argument}</span>}
          </span>{' '}
          <span className="text-muted">{suggestion.description}</span>
        </div>
      ))}
    </div>
  )
}
