import { useState } from 'react'
import { useCell } from '#components/chat/use-cell.ts'
import { KeptChoice } from './kept-choice.ts'

/** A choice that is shown at once and goes back when it cannot be stored: what is shown, and what chooses. */
export function useKeptChoice<Value>(
  stored: Value,
  save: (value: Value) => Promise<boolean>,
  onShown?: (value: Value) => void,
): [shown: Value, choose: (value: Value) => void] {
  const [choice] = useState(() => new KeptChoice({ stored, save, ...(onShown && { onShown }) }))
  return [useCell(choice.shown), (value) => void choice.choose(value)]
}
