/** What opens a line: headings, quotes, bullets. Numbers stay: "1. Weltkrieg" is a title. */
const lineMarks = /^(?:\s*(?:#{1,6}|>|[-*+])\s+)+/

const strong = /(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1/g
const emphasis = /(?<![\p{L}\p{N}*_])([*_])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}*_])/gu
const inlineCode = /(`+)(.+?)\1/g
const link = /!?\[([^\]]*)\]\([^)\s]*(?:\s+"[^"]*")?\)/g

/** The words of one line of Markdown, without its marks. Text that only looks like marks (`2 * 3`, `snake_case`) stays. */
export function stripMarkdown(line: string): string {
  return line
    .replace(lineMarks, '')
    .replace(link, '$1')
    .replace(inlineCode, '$2')
    .replace(strong, '$2')
    .replace(emphasis, '$2')
}
