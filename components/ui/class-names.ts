/** Joins class names, leaving out what is not set. Of two that conflict the style sheet's order decides, so pass none. */
export function classNames(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
