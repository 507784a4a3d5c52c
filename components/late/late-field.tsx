'use client'

import { ChevronDown } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { choiceTriggerClass } from '#components/ui/popup.ts'
import type { SearchFieldProps } from '#components/ui/search-field.tsx'
import type { SelectFieldProps } from '#components/ui/select-field.tsx'
import { createLatePart, type LatePart } from './late-part.ts'

const selectField = createLatePart(async () => (await import('#components/ui/select-field.tsx')).SelectField)
const searchField = createLatePart(async () => (await import('#components/ui/search-field.tsx')).SearchField)

/** A `SelectField` that is loaded when it is opened for the first time; until then what it is opened with. */
export function LateSelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, value, options, suffix } = props
  const [Field, load] = useLate(selectField)
  if (Field) return <Field {...props} isOpenAtFirst />
  return (
    <LateTrigger label={label} popup="listbox" onOpen={load}>
      {options.find((option) => option.value === value)?.label}
      {suffix}
    </LateTrigger>
  )
}

/** The same of a `SearchField`. */
export function LateSearchField(props: SearchFieldProps) {
  const [Field, load] = useLate(searchField)
  if (Field) return <Field {...props} isOpenAtFirst />
  return (
    <LateTrigger label={props.label} popup="dialog" onOpen={load}>
      {props.shown}
    </LateTrigger>
  )
}

/** Each field for itself: what is loaded opens at once, and only what was pressed is to open. */
function useLate<Field>(part: LatePart<Field>) {
  const [Field, setField] = useState<Field | null>(null)
  async function load() {
    const loaded = await part.load()
    setField(() => loaded)
  }
  return [Field, () => void load()] as const
}

interface LateTriggerProps {
  label: string
  popup: 'listbox' | 'dialog'
  onOpen(): void
  children: ReactNode
}

function LateTrigger({ label, popup, onOpen, children }: LateTriggerProps) {
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    onOpen()
  }
  return (
    <button
      type="button"
      role="combobox"
      aria-label={label}
      aria-haspopup={popup}
      aria-expanded={false}
      className={choiceTriggerClass}
      onClick={onOpen}
      onKeyDown={onKeyDown}
    >
      <span className="truncate">{children}</span>
      <ChevronDown aria-hidden size={14} className="text-muted" />
    </button>
  )
}
