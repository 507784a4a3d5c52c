/** `1,234 tokens` */
export function tokenCount(tokens: number): string {
  return `${tokens.toLocaleString('en')} ${tokens === 1 ? 'token' : 'tokens'}`
}
