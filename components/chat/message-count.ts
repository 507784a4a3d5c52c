/** As it is said in a sentence: `1 message`, `1,200 messages`. */
export function messageCount(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'message' : 'messages'}`
}
