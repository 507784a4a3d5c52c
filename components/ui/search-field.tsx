'use client'

import { Combobox } from '@base-ui/react/combobox'
import { Check, ChevronDown } from 'lucide-react'
import { choiceTriggerClass, popupClass, popupMotion } from './popup.ts'
import type { SelectOption } from './select-field.tsx'

export interface SearchFieldProps {
  /** Its accessible name; what is seen is the value. */
  label: string
  /** In the empty field of the search. */
  hint: string
  value: string
  /** What is seen of it in the place where it is chosen. */
  shown: string
  options: SelectOption<string>[]
  onChange(value: string): void
  /** Whether it opens as soon as it is there. */
  isOpenAtFirst?: boolean
}

/** A quiet choice of one of many, which are searched. */
export function SearchField({
  label,
  hint,
  value,
  shown,
  options,
  onChange,
  isOpenAtFirst = false,
}: SearchFieldProps) {
  const chosen = options.find((option) => option.value === value) ?? null
  return (
    <Combobox.Root
      items={options}
      value={chosen}
      autoHighlight
      defaultOpen={isOpenAtFirst}
      onValueChange={(option) => option !== null && onChange(option.value)}
    >
      <Combobox.Trigger aria-label={label} className={choiceTriggerClass}>
        <span className="truncate">{shown}</span>
        <Combobox.Icon className="text-muted">
          <ChevronDown aria-hidden size={14} />
        </Combobox.Icon>
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner align="end" sideOffset={4} collisionPadding={8} className="z-40 select-none">
          <Combobox.Popup
            aria-label={label}
            className={`${popupClass} ${popupMotion} flex max-h-[min(24rem,var(--available-height))] w-80 max-w-(--available-width) flex-col`}
          >
            <Combobox.Input
              aria-label={hint}
              placeholder={hint}
              className="h-11 shrink-0 border-line border-b bg-transparent px-3.5 text-base outline-hidden md:text-sm"
            />
            <Combobox.Empty className="px-3.5 py-3 text-muted text-sm empty:hidden">
              Nothing has this in its name.
            </Combobox.Empty>
            <Combobox.List className="min-h-0 flex-1 scroll-py-1 overflow-y-auto overscroll-contain p-1 empty:p-0">
              {(option: SelectOption<string>) => (
                <Combobox.Item
                  key={option.value}
                  value={option}
                  className="grid cursor-default grid-cols-[1fr_1rem] items-center gap-x-3 rounded-md px-2.5 py-2 text-sm outline-hidden data-highlighted:bg-hover"
                >
                  <span className="font-medium wrap-anywhere">{option.label}</span>
                  <Combobox.ItemIndicator className="text-accent">
                    <Check aria-hidden size={16} />
                  </Combobox.ItemIndicator>
                  {option.description && <span className="text-muted">{option.description}</span>}
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}
