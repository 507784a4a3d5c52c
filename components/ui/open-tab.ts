/** Opens a page in a tab of its own, as a link with a target does: with a process of its own, which printing may hold up. */
export function openTab(path: string): void {
  const link = document.createElement('a')
  link.href = path
  link.target = '_blank'
  link.rel = 'noopener'
  link.click()
}
