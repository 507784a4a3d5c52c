import { type Language, nameBeginnings, nameEndings, nameMiddles } from './languages.ts'
import type { SeededRandom } from './seeded-random.ts'

/** What one conversation is about. */
export interface Subject {
  language: Language
  topic: string
  name: string
}

export function chooseSubject(random: SeededRandom, languages: readonly Language[]): Subject {
  const language = chooseLanguage(random, languages)
  return { language, topic: random.pick(language.topics), name: makeName(random) }
}

function chooseLanguage(random: SeededRandom, languages: readonly Language[]): Language {
  let rest = random.next() * languages.reduce((sum, { share }) => sum + share, 0)
  for (const language of languages) {
    rest -= language.share
    if (rest < 0) return language
  }
  return random.pick(languages)
}

function makeName(random: SeededRandom): string {
  const middle = random.chance(0.7) ? random.pick(nameMiddles) : ''
  return `${random.pick(nameBeginnings)}${middle}${random.pick(nameEndings)}`
}

function fill(random: SeededRandom, { topic, name }: Subject, pattern: string): string {
  // Now and then another name, so that not each conversation says one word over and over.
  const named = () => (random.chance(0.3) ? makeName(random) : name)
  return pattern.replaceAll('{topic}', topic).replaceAll('{name}', named)
}

export function writeTitle(random: SeededRandom, subject: Subject): string {
  const title = fill(random, subject, random.pick(subject.language.titles))
  return title.charAt(0).toUpperCase() + title.slice(1)
}

export function writeQuestion(random: SeededRandom, subject: Subject): string {
  const question = fill(random, subject, random.pick(subject.language.questions))
  return random.chance(0.3) ? `${question}\n\n${writeParagraph(random, subject, 2)}` : question
}

/** An answer in Markdown, about 900 characters long. */
export function writeAnswer(random: SeededRandom, subject: Subject, withCode: boolean): string {
  const blocks = [writeParagraph(random, subject, random.between(2, 5))]
  if (random.chance(0.3)) blocks.unshift(`## ${fill(random, subject, random.pick(subject.language.titles))}`)
  if (random.chance(0.4)) blocks.push(writeList(random, subject))
  if (withCode) blocks.push(writeCode(random, subject))
  if (random.chance(0.12)) blocks.push(writeTable(random, subject))
  if (random.chance(0.04)) blocks.push('$$\n\\bar{x} = \\frac{1}{n} \\sum_{i=1}^{n} x_i\n$$')
  if (random.chance(0.05)) blocks.push(`> ${sentence(random, subject)}`)
  blocks.push(writeParagraph(random, subject, random.between(2, 6)))
  return blocks.join('\n\n')
}

function sentence(random: SeededRandom, subject: Subject): string {
  return fill(random, subject, random.pick(subject.language.sentences))
}

function writeParagraph(random: SeededRandom, subject: Subject, sentences: number): string {
  const said = Array.from({ length: sentences }, () => sentence(random, subject))
  if (random.chance(0.2)) said[0] = `**${said[0]}**`
  return said.join(' ')
}

function writeList(random: SeededRandom, subject: Subject): string {
  const isNumbered = random.chance(0.5)
  const items = Array.from({ length: random.between(3, 5) }, () => sentence(random, subject))
  return items.map((item, index) => `${isNumbered ? `${index + 1}.` : '-'} ${item}`).join('\n')
}

function writeTable(random: SeededRandom, { topic }: Subject): string {
  const rows = Array.from(
    { length: random.between(3, 6) },
    () => `| ${makeName(random)} | ${random.between(1, 900)} | ${random.between(1, 99)} % |`,
  )
  return [`| ${topic} | n | p |`, '| --- | ---: | ---: |', ...rows].join('\n')
}

function writeCode(random: SeededRandom, { name }: Subject): string {
  const word = name.toLowerCase()
  const number = random.between(2, 400)
  return random.pick([
    `\`\`\`ts\nexport function count${name}(values: readonly string[]): number {\n  const seen = new Set<string>()\n  for (const value of values) {\n    if (value.length > ${number}) continue\n    seen.add(value.trim())\n  }\n  return seen.size\n}\n\`\`\``,
    `\`\`\`python\ndef ${word}(rows, limit=${number}):\n    """Rows that are worth a look, newest first."""\n    kept = [row for row in rows if row["size"] < limit]\n    return sorted(kept, key=lambda row: row["at"], reverse=True)\n\`\`\``,
    `\`\`\`sql\nSELECT ${word}.id, count(*) AS total\nFROM ${word}\nJOIN event ON event.${word}_id = ${word}.id\nWHERE event.at > now() - interval '${number} days'\nGROUP BY 1\nORDER BY total DESC;\n\`\`\``,
    `\`\`\`bash\nset -euo pipefail\nfor file in ${word}/*.log; do\n  tail -n ${number} "$file" | sort | uniq -c\ndone\n\`\`\``,
  ])
}
