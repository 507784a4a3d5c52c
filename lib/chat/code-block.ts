/** A text as a block of code in Markdown, whatever fences stand in it. */
export function codeBlock(text: string, language?: string | null): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const name = language && /^[\w+#.-]{1,30}$/.test(language) && language !== 'unknown' ? language : ''
  return `${fence}${name}\n${text.replace(/\n$/, '')}\n${fence}`
}
