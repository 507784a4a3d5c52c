'use client'

import { useChatClient } from '#components/chat/chat-context.tsx'
import { Button } from '#components/ui/button.tsx'
import { SelectField } from '#components/ui/select-field.tsx'
import { isFiltered, noFilters, type SearchInput } from '#lib/chat/search-input.ts'

const periods: { value: SearchInput['when']; label: string }[] = [
  { value: 'any', label: 'Any time' },
  { value: '7', label: 'Past 7 days' },
  { value: '30', label: 'Past 30 days' },
  { value: '365', label: 'Past year' },
  { value: 'between', label: 'Between two days' },
]

const places: { value: SearchInput['where']; label: string }[] = [
  { value: 'all', label: 'Everywhere' },
  { value: 'list', label: 'Not archived' },
  { value: 'archived', label: 'Archived' },
  { value: 'pinned', label: 'Pinned' },
]

const dateClass =
  'h-9 rounded-lg border border-edge bg-raised px-2.5 text-base text-foreground md:text-sm focus-visible:outline-offset-0'
// Below each other on a phone, where the two fields begin at one line.
const dateLabelClass = 'flex items-center gap-2 max-md:grid max-md:grid-cols-[2.5rem_1fr]'

interface SearchFiltersProps {
  input: SearchInput
  onChange(change: Partial<SearchInput>): void
}

/** What narrows a search. */
export function SearchFilters({ input, onChange }: SearchFiltersProps) {
  const { personas } = useChatClient()
  const { persona, when, from, to, where } = input
  const known = personas.some(({ id }) => id === persona) || persona === ''
  const options = [
    { value: '', label: 'Any persona' },
    ...personas.map(({ id, label }) => ({ value: id, label })),
    ...(known ? [] : [{ value: persona, label: persona }]),
  ]
  return (
    <fieldset aria-label="Filters" className="-ml-2.5 flex min-w-0 flex-wrap items-center gap-x-1 gap-y-2">
      <SelectField
        label="Persona"
        value={persona}
        options={options}
        onChange={(value) => onChange({ persona: value })}
      />
      <SelectField
        label="When"
        value={when}
        options={periods}
        onChange={(value) => onChange({ when: value })}
      />
      <SelectField
        label="Where"
        value={where}
        options={places}
        onChange={(value) => onChange({ where: value })}
      />
      {isFiltered(input) && (
        <Button size="small" variant="quiet" onClick={() => onChange(noFilters)}>
          Clear filters
        </Button>
      )}
      {when === 'between' && (
        <div className="flex w-full items-center gap-2 pl-2.5 text-muted text-sm max-md:flex-col max-md:items-stretch">
          <label className={dateLabelClass}>
            From
            <input
              type="date"
              aria-label="From the day"
              value={from}
              max={to || undefined}
              className={dateClass}
              onChange={({ target }) => onChange({ from: target.value })}
            />
          </label>
          <label className={dateLabelClass}>
            to
            <input
              type="date"
              aria-label="Up to the day"
              value={to}
              min={from || undefined}
              className={dateClass}
              onChange={({ target }) => onChange({ to: target.value })}
            />
          </label>
        </div>
      )}
    </fieldset>
  )
}
