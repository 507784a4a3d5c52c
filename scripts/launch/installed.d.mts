export function isInstalled(root: string): boolean
export function nodeOf(root: string): string
