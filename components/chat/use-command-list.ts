import { type KeyboardEvent, type RefObject, useMemo, useState } from 'react'
import { type Suggestion, suggest } from '#lib/chat/commands.ts'
import { useChatClient } from './chat-context.tsx'
import { listKey } from './list-key.ts'
import { argumentOptions } from './run-command.ts'

export const COMMAND_LIST_ID = 'command-list'

interface Actions {
  /** Puts a text into the field. */
  complete(text: string): void
  run(text: string): void
}

/** The list of commands that opens while one is typed: what is in it, which line is active, and its keys. */
export function useCommandList(field: RefObject<HTMLTextAreaElement | null>, { complete, run }: Actions) {
  const client = useChatClient()
  const options = useMemo(() => argumentOptions(client), [client])
  /** What is typed, while that may be a command; NULL: the list is closed. */
  const [typed, setTyped] = useState<string | null>(null)
  const [index, setIndex] = useState(0)
  const suggestions = useMemo(() => (typed === null ? [] : suggest(typed, options)), [typed, options])
  const active = suggestions[index]

  /** Looks at the field again. */
  function read() {
    const value = field.current?.value ?? ''
    setTyped(value.startsWith('/') ? value : null)
    setIndex(0)
  }

  function choose(suggestion: Suggestion) {
    if (suggestion.isWhole) {
      setTyped(null)
      run(suggestion.completed)
    } else complete(suggestion.completed)
  }

  /** Whether a key was for the list. */
  function onKeyDown(event: KeyboardEvent): boolean {
    // Keys that compose a character are the input method's.
    if (!active || event.nativeEvent.isComposing || event.keyCode === 229) return false
    const { key, shiftKey, altKey, ctrlKey, metaKey } = event
    if (altKey || ctrlKey || metaKey || (shiftKey && key !== 'Escape')) return false
    const { completed } = active
    const does = listKey(key, { index, completed, count: suggestions.length, typed: typed ?? '' })
    if (does === null) return false
    if (does === 'complete') complete(completed)
    else if (does === 'choose') choose(active)
    else if (does === 'close') setTyped(null)
    else setIndex(does.move)
    event.preventDefault()
    return true
  }

  return {
    ...{ suggestions, index, read, choose, onKeyDown },
    close: () => setTyped(null),
    /** What makes the field a combobox while the list is open, and leaves it a field otherwise. */
    fieldProps: active && {
      role: 'combobox',
      'aria-expanded': true,
      'aria-autocomplete': 'list' as const,
      'aria-controls': COMMAND_LIST_ID,
      'aria-activedescendant': optionId(active),
    },
  }
}

export function optionId({ id }: Suggestion): string {
  return `command-${id}`
}
