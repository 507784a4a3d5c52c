import type { Interface } from 'node:readline'

/** Lines that come closer than this were pasted together, in a terminal that does not say so: one message, in ms. */
const PASTE_MS = 30
/** Asks the terminal to say where pasted text begins and ends. */
const PASTES_ON = '\u001b[?2004h'
const PASTES_OFF = '\u001b[?2004l'
/** Stands before every line of a message but the first. */
const CONTINUATION = '… '

interface Lines {
  /** Forgets the lines of a message that is not whole yet. */
  clear(): void
}

/**
 * What is typed, message by message: a line that ends with a backslash goes on in the next one, and what is pasted is a part
 * of one message, however many lines it has.
 */
export function readMessages(rl: Interface, onMessage: (typed: string) => void): Lines {
  let lines: string[] = []
  let isPasting = false
  let timer: NodeJS.Timeout | undefined
  process.stdout.write(PASTES_ON)
  process.once('exit', () => process.stdout.write(PASTES_OFF))
  process.stdin.on('keypress', (_text: string | undefined, { name }: { name?: string }) => {
    if (name === 'paste-start') isPasting = true
    if (name === 'paste-end') isPasting = false
  })
  rl.on('line', (line) => {
    clearTimeout(timer)
    const goesOn = line.endsWith('\\')
    lines.push(goesOn ? line.slice(0, -1) : line)
    if (isPasting) return
    if (goesOn) {
      rl.setPrompt(CONTINUATION)
      rl.prompt()
      return
    }
    timer = setTimeout(() => {
      const typed = lines.join('\n').trim()
      lines = []
      onMessage(typed)
    }, PASTE_MS)
  })
  return {
    clear() {
      clearTimeout(timer)
      lines = []
    },
  }
}
