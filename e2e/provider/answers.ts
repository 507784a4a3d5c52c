import { withoutMarkers } from './marker.ts'

/** The answer of the scenario `plain`: what was asked, in Markdown. */
export function plainAnswer(message: string): string {
  return `You wrote **${withoutMarkers(message)}**.

- It was received whole.
- This answer is scripted, so it is the same every time.

Ask again to hear it again.`
}

/** Numbered words, twelve to a paragraph: a gap or a repeat shows. */
export function numberedAnswer(count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const isLast = index === count - 1
    const separator = isLast ? '' : (index + 1) % 12 === 0 ? '\n\n' : ' '
    return `word${index + 1}${separator}`
  }).join('')
}

/** Paragraphs of numbered sentences, of exactly this many characters. */
export function longAnswer(characters: number): string {
  const sentences: string[] = []
  for (let length = 0, number = 1; length < characters; number += 1) {
    const sentence = `Sentence ${number} says what sentence ${number + 1} will say again.${number % 6 === 0 ? '\n\n' : ' '}`
    sentences.push(sentence)
    length += sentence.length
  }
  return sentences.join('').slice(0, characters)
}

/** Where the scripted answers point to: hosts that no test may ever reach. */
export const FOREIGN_HOST = 'foreign.invalid'

/** What a page must be able to show, and what it must refuse. */
export const markdownAnswer = `# A heading

A paragraph with *emphasis*, **strong words**, \`inline code\` and [a link](https://${FOREIGN_HOST}/page).

| Quantity | Symbol | Unit |
| --- | :---: | ---: |
| Energy | E | J |
| Mass | m | kg |

\`\`\`ts
export function double(value: number): number {
  return value * 2
}
\`\`\`

Inline math $$E = mc^2$$ and a block:

$$
\\int_0^1 x^2 \\, dx = \\frac{1}{3}
$$

1. one
2. two
   - nested

> A quotation.

![a foreign image](https://${FOREIGN_HOST}/pixel.png)
![a foreign image without a scheme](//${FOREIGN_HOST}/pixel.png)

[a script link](javascript:alert(1)) and [a data link](data:text/html,<script>alert(1)</script>)

<b id="raw-html">raw bold</b> <img src="https://${FOREIGN_HOST}/raw.png" onerror="window.rawHtmlRan = true"> <script>window.rawHtmlRan = true</script>

The end.`

/** What stands in pictures of the page: an answer as a person would get it. */
export const essayAnswer = `You are asking two questions at once, and the second one hides behind the first.

**Whether to leave** is about the work: what you learn in it, and whether that still compounds. **Whether to leave now** is about fear, which is a poor judge of timing in both directions.

Put numbers to what you can:

| | Stay a year | Leave now |
| --- | --- | --- |
| Savings at the end | 14 months | 6 months |
| What you would know | the same, deeper | whether anyone pays |
| What it costs to be wrong | a year | a year, and some pride |

The table is nearly even, so it should not decide. This should:

1. Name the one fact that would make you stay. If there is none, you have decided already.
2. Find the cheapest test of the new thing that a stranger could fail you on.
3. Set a date for it, and tell somebody.

\`\`\`python
def should_wait(months_saved: int, tested: bool) -> bool:
    return not tested and months_saved < 6
\`\`\`

What would you have to see by March to call it a mistake?`

/** One block of code with so many lines. */
export function codeAnswer(lines: number): string {
  const body = Array.from({ length: lines }, (_, index) => `  total += weigh(items[${index}], ${index % 7})`)
  return `The whole table, unrolled:\n\n\`\`\`ts\n${body.join('\n')}\n\`\`\`\n\nThat was all of it.`
}

/** A table that is wider than any column to read. */
export function tableAnswer(columns: number): string {
  const row = (cell: (column: number) => string) =>
    `| ${Array.from({ length: columns }, (_, column) => cell(column)).join(' | ')} |`
  const rows = [1, 2, 3].map((number) => row((column) => `${number * 100 + column}`))
  return ['Month by month:\n', row((column) => `Month ${column + 1}`), row(() => '---:'), ...rows].join('\n')
}

/** Scripts of the world; every pair of surrogates is cut in two when it is streamed by UTF-16 unit. */
export const unicodeAnswer =
  'Emoji 😀 and 👩‍👩‍👧‍👦, 日本語の文章、中文句子，한국어 문장, العربية, עברית, e\u0301 and 𝒳. The end.'

/** What a model may emit and PostgreSQL refuses. `dirtyAnswerCleaned` is what may be shown and kept. */
export const dirtyAnswer =
  'Before\u0000 NUL, lone high \ud83d surrogate, lone low \ude00 surrogate, whole 😀. The end.'
export const dirtyAnswerCleaned = 'Before NUL, lone high  surrogate, lone low  surrogate, whole 😀. The end.'

/** The title that the provider gives to a conversation that starts with this message: at most five words. */
export function scriptedTitle(prompt: string): string {
  const [, message = prompt] = /<message>([\s\S]*)<\/message>/.exec(prompt) ?? []
  const words = withoutMarkers(message).match(/[\p{L}\p{N}-]+/gu) ?? []
  return ['About', ...words.slice(0, 4)].join(' ')
}

/** Words with the space before them, as models stream them. */
export function words(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? []
}

/** Every UTF-16 unit on its own. */
export function units(text: string): string[] {
  return text.split('')
}
