/** Of one kind of conversation. Times in ms. */
export interface ContextFigures {
  name: string
  /** Messages whose ids and sizes were looked up, and those whose text was read. */
  walked: number
  read: number
  sent: number
  readP50: number
  /** The processor's time of building, beyond the read. */
  cpuP50: number
  cpuP99: number
  /** How PostgreSQL came to each row of messages, summaries and runs. */
  scans: string[]
}
