/** Whether the keyboard is Apple's: there ⌘ stands where others have Ctrl. Asked in the browser only. */
export function isMac(): boolean {
  return /mac|iphone|ipad/i.test(navigator.platform)
}
