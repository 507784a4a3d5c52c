import { chatWire, includesUsage } from './chat-wire.ts'
import { type Move, wait } from './moves.ts'
import type { ScenarioCall } from './scenarios.ts'
import { sharedMicros } from './stamp.ts'

const PARAGRAPH = `What you *learn* in it, and whether that still compounds, is the **one question** that the others hide. Put
numbers to what you can, and \`write down\` what you assume of the rest. See [the notes](https://example.org/notes) of last
week: most of what was urgent then has settled by itself, and what has not was important for another reason.`

const parts = [
  (number: number) => `## Part ${number}`,
  () => PARAGRAPH,
  () =>
    '1. Name the one fact that would make you stay.\n2. Find the cheapest test of the new thing.\n3. Set a date.',
  (number: number) =>
    `\`\`\`ts\nexport function part${number}(values: readonly number[], limit = ${number}): number {\n  let sum = 0\n  for (const value of values) {\n    // What is larger says nothing here.\n    if (value > limit) continue\n    sum += Math.round(value * 100) / 100\n  }\n  return sum / Math.max(1, values.length)\n}\n\`\`\``,
  () => PARAGRAPH,
  (number: number) =>
    `| | Stay a year | Leave now |\n| --- | --- | ---: |\n| Savings at the end | 14 months | ${number} months |\n| What you would know | the same, *deeper* | whether anyone pays |\n| What it costs to be wrong | a year | some pride |`,
  () => '- a short item\n- another one with **weight**\n  - and one below it\n- the last',
  () => '$$\n\\bar{x} = \\frac{1}{n} \\sum_{i=1}^{n} x_i\n$$',
]

/** Markdown of every kind, of exactly so many words, of which the last is END. */
function articleAnswer(words: number): string[] {
  const pieces: string[] = []
  for (let part = 0; pieces.length < words; part += 1) {
    const text = parts[part % parts.length]?.(Math.floor(part / parts.length) + 1) ?? ''
    pieces.push(...(`${text}\n\n`.match(/\s*\S+\s*/g) ?? []))
  }
  return [...pieces.slice(0, words - 1), '\n\nEND']
}

/** So many `words` of it, so many of them a second (`rate`), each at its time whatever was late before. */
export function* articleMoves({ request, parameters }: ScenarioCall): Generator<Move> {
  const wire = chatWire(request)
  const pieces = articleAnswer(parameters.number('words', 300))
  const rate = parameters.number('rate', 100)
  yield wire.head()
  const start = sharedMicros()
  for (const [index, piece] of pieces.entries()) {
    const early = (start - sharedMicros()) / 1000 + (index * 1000) / rate
    if (early > 0) yield wait(Math.ceil(early))
    yield wire.delta(piece)
  }
  yield wire.finish('stop')
  if (includesUsage(request)) yield wire.usage(pieces.length)
  yield wire.done()
}
