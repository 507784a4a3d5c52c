/** What could drive a terminal, or turn what is read around: control characters, and those of direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text of a model, a title or a server without anything that a terminal would obey. */
export function plainText(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(CONTROLS, '')
}

/** The same for what has to stay in one line, such as a title in a list. */
export function plainLine(text: string): string {
  return plainText(text).replaceAll(/\s+/g, ' ')
}

/** A value as a line of JSON in which nothing stands that a terminal would obey, and nothing is missing. */
export function jsonLine(value: unknown): string {
  const escaped = (control: string) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(value).replaceAll(CONTROLS, escaped)
}
