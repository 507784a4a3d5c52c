import { useSyncExternalStore } from 'react'
import type { Cell } from './cell.ts'

/** The value of a cell; the component is drawn again when it changes. */
export function useCell<T>(cell: Cell<T>): T {
  return useSyncExternalStore(cell.subscribe, cell.get, cell.get)
}

/** What a function makes of a cell's value; the component is drawn again only when that changes. */
export function useCellValue<T, Value>(cell: Cell<T>, select: (value: T) => Value): Value {
  const get = () => select(cell.get())
  return useSyncExternalStore(cell.subscribe, get, get)
}
