import type { GenerationView } from '#lib/chat/types.ts'
import { log } from '#lib/log.ts'
import { runningGenerations } from './running-generations.ts'
import { encodeFrame } from './turn-frames.ts'

/** Deltas that arrive within one frame of a screen travel together: fewer writes, nothing a person could see later. */
const FRAME_MS = 16
/** While many answers are written here, a frame and a half: each write costs the same however little it carries. */
const CROWDED_FRAME_MS = 24
const CROWD = 32

/** A piece of an answer, encoded once for all who read it as a frame, and only if somebody does. */
export class AnswerPiece {
  readonly delta: string
  /** The length of the answer with it, in UTF-16 units, from which a reader can go on. */
  readonly offset: number
  #frame: Uint8Array | undefined

  constructor(delta: string, offset: number) {
    this.delta = delta
    this.offset = offset
  }

  get frame(): Uint8Array {
    this.#frame ??= encodeFrame({ type: 'text-delta', id: 'text', delta: this.delta }, this.offset)
    return this.#frame
  }
}

/** Who reads an answer: gets its text in pieces, then the end, once. */
export interface AnswerReader {
  onText(piece: AnswerPiece): void
  /** Whether what is shown can be stored; told when that changes, and to a late reader when it cannot. */
  onStorage(isStored: boolean): void
  onEnd(generation: GenerationView): void
}

/**
 * The text of one answer as it grows, in memory, for any number of readers.
 * A reader that comes late is given what it missed, then follows; each frame is encoded once for all of them.
 */
export class AnswerStream {
  #text: string
  #publishedLength: number
  #isStored = true
  #ended: GenerationView | null = null
  #timer: NodeJS.Timeout | null = null
  #publishedAt = Number.NEGATIVE_INFINITY
  readonly #readers = new Set<AnswerReader>()

  /** @param text what was there before this process took the answer up */
  constructor(text = '') {
    this.#text = text
    this.#publishedLength = text.length
  }

  get text(): string {
    return this.#text
  }

  get hasReaders(): boolean {
    return this.#readers.size > 0
  }

  append(delta: string): void {
    if (this.#ended || delta === '') return
    this.#text += delta
    if (this.#timer) return
    // The first words are never held back, nor what comes after a pause.
    const frame = runningGenerations().size > CROWD ? CROWDED_FRAME_MS : FRAME_MS
    const wait = this.#publishedAt + frame - performance.now()
    if (wait <= 0) this.#publish()
    else this.#timer = setTimeout(() => this.#publish(), wait)
  }

  /** Tells the readers when what they see cannot be stored, and when it can again. */
  setStored(isStored: boolean): void {
    if (this.#ended || isStored === this.#isStored) return
    this.#isStored = isStored
    this.#tell((reader) => reader.onStorage(isStored))
  }

  end(generation: GenerationView): void {
    if (this.#ended) return
    this.#publish()
    this.#ended = generation
    this.#tell((reader) => reader.onEnd(generation))
    this.#readers.clear()
  }

  /**
   * Replays the text from `offset` (UTF-16 units) and follows.
   *
   * @param offset may be beyond what is there: who read on the instance that writes knows more than the chunk log
   * @returns ends the reading
   */
  follow(offset: number, reader: AnswerReader): () => void {
    if (offset < this.#publishedLength) reader.onText(this.#piece(offset, this.#publishedLength))
    const follower = offset > this.#publishedLength ? beyond(offset, reader) : reader
    if (this.#ended) reader.onEnd(this.#ended)
    else {
      this.#readers.add(follower)
      if (!this.#isStored) reader.onStorage(false)
    }
    return () => this.#readers.delete(follower)
  }

  /** Resolves with the end of the answer. */
  ended(): Promise<GenerationView> {
    const { promise, resolve } = Promise.withResolvers<GenerationView>()
    const ignore = () => undefined
    this.follow(this.#text.length, { onText: ignore, onStorage: ignore, onEnd: resolve })
    return promise
  }

  #publish(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#publishedLength === this.#text.length) return
    this.#publishedAt = performance.now()
    const piece = this.#piece(this.#publishedLength, this.#text.length)
    this.#publishedLength = this.#text.length
    this.#tell((reader) => reader.onText(piece))
  }

  /** One reader that is gone must not keep the others, or the generation, from going on. */
  #tell(say: (reader: AnswerReader) => void): void {
    for (const reader of this.#readers) {
      try {
        say(reader)
      } catch (error) {
        this.#readers.delete(reader)
        log().warn({ error: String(error) }, 'a reader of an answer was lost')
      }
    }
  }

  #piece(from: number, to: number): AnswerPiece {
    return new AnswerPiece(this.#text.slice(from, to), to)
  }
}

/** A reader that is told only what comes after what it has. */
function beyond(known: number, reader: AnswerReader): AnswerReader {
  return {
    onText(piece) {
      const { delta, offset } = piece
      if (offset <= known) return
      const isNew = offset - delta.length >= known
      reader.onText(isNew ? piece : new AnswerPiece(delta.slice(known - offset), offset))
    },
    onStorage: (isStored) => reader.onStorage(isStored),
    onEnd: (generation) => reader.onEnd(generation),
  }
}
