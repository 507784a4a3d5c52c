import { cleanText } from './clean-text.ts'
import { shortenText } from './shorten-text.ts'
import { stripMarkdown } from './strip-markdown.ts'

/** In code points: what a line of the sidebar shows. */
const MAX_LENGTH = 60

/** More of a message than this never reaches the title. */
const MAX_READ = 2000

/** A fenced block, also one that is never closed. */
const codeBlock =
  /^[ \t]*(`{3,}|~{3,})[^\n`]*(?:\n|$(?![\s\S]))([\s\S]*?)(?:^[ \t]*\1[`~]*[ \t]*$|$(?![\s\S]))/gm
const address = /\bhttps?:\/\/(?:www\.)?([^\s/?#]+)[^\s]*/gi

/**
 * Names a conversation by the first words of its first message, at most 60 characters. What the person wrote comes
 * before code they pasted; "New conversation" when there are no words.
 */
export function fallbackTitle(message: string): string {
  const prose = message.replace(codeBlock, '\n')
  return firstWords(prose) || firstWords(message.replace(codeBlock, '$2')) || 'New conversation'
}

function firstWords(text: string): string {
  const words = cleanText(text.trimStart().slice(0, MAX_READ))
    .split('\n')
    .map(stripMarkdown)
    .join(' ')
    .replace(address, '$1')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return shortenText(words, MAX_LENGTH).replace(/[\s,;:.、，；：。]+$/u, '')
}
