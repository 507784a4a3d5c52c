'use client'

import { Select } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { choiceTriggerClass, popupClass, popupMotion } from './popup.ts'

export interface SelectOption<Value extends string> {
  value: Value
  label: string
  /** A quiet line under the label. */
  description?: string
}

export interface SelectFieldProps<Value extends string> {
  /** Its accessible name; what is seen is the value. */
  label: string
  value: Value
  options: readonly SelectOption<Value>[]
  onChange(value: Value): void
  /** Follows the value where there is room. */
  suffix?: ReactNode
  /** Whether it opens as soon as it is there. */
  isOpenAtFirst?: boolean
}

/** A quiet choice of one of a few. */
export function SelectField<Value extends string>({
  label,
  value,
  options,
  onChange,
  suffix,
  isOpenAtFirst = false,
}: SelectFieldProps<Value>) {
  return (
    <Select.Root
      value={value}
      items={options}
      defaultOpen={isOpenAtFirst}
      onValueChange={(chosen) => chosen !== null && onChange(chosen)}
    >
      <Select.Trigger aria-label={label} className={choiceTriggerClass}>
        <span className="truncate">
          <Select.Value />
          {suffix}
        </span>
        <Select.Icon className="text-muted">
          <ChevronDown aria-hidden size={14} />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner
          alignItemWithTrigger={false}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-40 select-none"
        >
          <Select.Popup className={`${popupClass} ${popupMotion} max-w-[min(20rem,var(--available-width))]`}>
            <Select.List className="max-h-(--available-height) overflow-y-auto p-1">
              {options.map((option) => (
                <Select.Item
                  key={option.value}
                  value={option.value}
                  label={option.label}
                  aria-label={option.label}
                  aria-description={option.description}
                  className="grid cursor-default grid-cols-[1fr_1rem] items-start gap-x-3 rounded-md px-2.5 py-2 text-sm outline-hidden data-highlighted:bg-hover"
                >
                  <Select.ItemText className="font-medium">{option.label}</Select.ItemText>
                  <Select.ItemIndicator
                    className="row-start-1 self-center text-accent"
                    style={{ gridColumn: 2 }}
                  >
                    <Check aria-hidden size={16} />
                  </Select.ItemIndicator>
                  {/* Drawn by the style sheet: text that is seen belongs in a name, and this only describes. */}
                  {option.description && (
                    <span
                      data-text={option.description}
                      className="col-start-1 text-muted before:content-[attr(data-text)]"
                    />
                  )}
                </Select.Item>
              ))}
            </Select.List>
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  )
}
