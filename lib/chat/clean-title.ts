import { cleanText } from './clean-text.ts'
import { shortenText } from './shorten-text.ts'
import { stripMarkdown } from './strip-markdown.ts'

/** The longest title a model may give, in code points. */
const MAX_TITLE_LENGTH = 80

/** A longer line is no title: it is cut before the marks are looked for. */
const MAX_LINE_LENGTH = 1000

const thoughts = /<think(?:ing)?>(?:(?!<think)[\s\S])*?<\/think(?:ing)?>/gi
/** Some chat templates open the block themselves, so that only its end arrives. */
const endOfThoughts = /^[\s\S]*<\/think(?:ing)?>/i
const unfinishedThoughts = /^\s*<think(?:ing)?>[\s\S]*/i

const prefix =
  /^(?:title|titel|titre|título|titolo|tytuł|заголовок|название|标题|標題|タイトル|件名|제목)\s*[:：]\s*/iu
const trailingStops = /[\s.。．｡।۔…:：;；,，、]+$/u

const quotePairs = `"" '' \`\` “” „“ „” ”” «» »« ‹› ›‹ ‘’ ‚‘ ‚’ ’’ 「」 『』 《》 〈〉`.split(' ')
const apostropheInWord = /(?<=\p{L})['’](?=\p{L})/gu

/**
 * Makes a title of what a model answered: one line of at most 80 characters without quotes, marks or a full stop at its
 * end (a question mark stays). NULL when no letter or digit is left.
 */
export function cleanTitle(raw: string): string | null {
  const lines = raw
    .replace(thoughts, '')
    .replace(endOfThoughts, '')
    .replace(unfinishedThoughts, '')
    .split(/[\n\r\u2028\u2029]/)
    .map((line) => line.slice(0, MAX_LINE_LENGTH))
    .filter((line) => cleanLine(line) !== '')
  // "Here is a title:" announces the title, which then is on the next line.
  const line = lines.find((candidate) => !/[:：][^\p{L}\p{N}]*$/u.test(candidate)) ?? lines[0]
  return line === undefined ? null : shortenText(cleanLine(line), MAX_TITLE_LENGTH)
}

function cleanLine(line: string): string {
  let title = cleanText(line).replace(/[\s\p{Cc}]+/gu, ' ')
  // Marks hide one another ("**Title:** «Words.»"), so until nothing more comes off.
  for (let before = ''; before !== title; ) {
    before = title
    title = unquote(stripMarkdown(title.trim()).replace(prefix, '').replace(trailingStops, ''))
  }
  return /[\p{L}\p{N}]/u.test(title) ? title : ''
}

/** Removes quotation marks around the whole, but not those of `"Yes" and "No"`. */
function unquote(title: string): string {
  const isQuoted = quotePairs.includes(`${title[0]}${title.at(-1)}`) && title.length > 1
  if (!isQuoted) return title
  const inside = title.slice(1, -1)
  const marks = inside.replace(apostropheInWord, '')
  const isOnePair = !marks.includes(title.slice(0, 1)) && !marks.includes(title.slice(-1))
  return isOnePair ? inside : title
}
