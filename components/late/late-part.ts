import { type Cell, createCell } from '#components/chat/cell.ts'

/** Part of the page whose script is loaded when it is wanted for the first time. */
export interface LatePart<Part> {
  /** NULL: not yet. */
  loaded: Cell<Part | null>
  /** NULL: it cannot be had now, which `lateFault` says; the next call tries again. */
  load(): Promise<Part | null>
}

interface LateFault {
  text: string
  /** Of each a new one: what happens twice is said twice. */
  id: number
}

/** What could not be shown, until something can be again. */
export const lateFault = createCell<LateFault | null>(null)

let faults = 0

/** Says that part of the page is not there. */
export function sayLateFault(text: string): void {
  faults += 1
  lateFault.set({ text, id: faults })
}

export function createLatePart<Part>(read: () => Promise<Part>): LatePart<Part> {
  const loaded = createCell<Part | null>(null)
  return {
    loaded,
    async load() {
      try {
        const part = loaded.get() ?? (await read())
        loaded.set(part)
        lateFault.set(null)
        return part
      } catch (error) {
        // The network is away, or a new version has taken the place of the one that this page is of.
        if (!(error instanceof Error && error.name === 'ChunkLoadError')) reportError(error)
        sayLateFault('This could not be loaded. Try again, or reload the page.')
        return null
      }
    },
  }
}
