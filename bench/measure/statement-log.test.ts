import { describe, expect, it } from 'vitest'
import { isBeside, parseStatementLog } from './statement-log.ts'

const log = `1795248000.123 [77] LOG:  execute <unnamed>: SELECT 1
1795248000.125 [78] LOG:  execute s12: 
	    WITH a AS (
	      SELECT 2)
	    SELECT * FROM a
1795248000.125 [78] DETAIL:  Parameters: $1 = 'x: y'
	and more of it
1795248000.130 [77] LOG:  statement: BEGIN
1795248000.131 [76] LOG:  checkpoint starting: time
`

describe('parseStatementLog', () => {
  it('reads statements with their times, whole, and nothing else', () => {
    expect(parseStatementLog(log)).toEqual([
      { time: 1795248000123, connection: 77, statement: 'SELECT 1' },
      { time: 1795248000125, connection: 78, statement: ' WITH a AS ( SELECT 2) SELECT * FROM a' },
      { time: 1795248000130, connection: 77, statement: 'BEGIN' },
    ])
  })

  it('tells what runs beside a turn', () => {
    const [plain] = parseStatementLog(log)
    expect(plain && isBeside(plain)).toBe(false)
    expect(isBeside({ time: 0, connection: 1, statement: 'INSERT INTO pgboss.job VALUES (1)' })).toBe(true)
  })
})
