/** Of one kind of query. Times in ms. */
export interface SearchFigures {
  kind: string
  query: string
  results: number
  p50: number
  p95: number
  /** The processor's time of a search: the server's process, and PostgreSQL's. */
  cpu: number
  databaseCpu: number
  /** How PostgreSQL came to the rows: of what is said often from the newest, of anything from the index. */
  scans: string[]
}
