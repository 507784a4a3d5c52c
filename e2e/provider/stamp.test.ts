import { describe, expect, it } from 'vitest'
import { StampReader, sharedMicros, writeStamp } from './stamp.ts'

const frames = (...texts: string[]) =>
  texts.map((text) => `data: ${JSON.stringify({ delta: text })}\n\n`).join('')

describe('StampReader', () => {
  it('finds stamps in frames, one or several to a frame', () => {
    const reader = new StampReader()
    const text = frames(
      writeStamp('#', 5) + writeStamp('@', 1000),
      writeStamp('@', 2000) + writeStamp('@', 3000),
    )
    expect(reader.push(text)).toEqual([1000, 2000, 3000])
    expect(reader.arrivedAt).toBe(5)
  })

  it('finds each stamp once, wherever the stream is cut', () => {
    const text = frames(writeStamp('#', 77) + writeStamp('@', 123_456_789), writeStamp('@', 123_456_999))
    for (let cut = 0; cut <= text.length; cut++) {
      const reader = new StampReader()
      const found = [...reader.push(text.slice(0, cut)), ...reader.push(text.slice(cut))]
      expect(found, `cut at ${cut}`).toEqual([123_456_789, 123_456_999])
      expect(reader.arrivedAt).toBe(77)
    }
  })

  it('reads back what the clock says', () => {
    const now = sharedMicros()
    expect(new StampReader().push(writeStamp('@', now))).toEqual([now])
  })
})
