import type { ContextLedger } from '#lib/chat/context-ledger.ts'
import { db } from '#lib/db/client.ts'

/** What a generation was sent, as it is stored. */
export async function readLedger(generationId: string): Promise<ContextLedger> {
  const [row] = await db().$queryRaw<[{ ledger: ContextLedger }]>`
    SELECT ledger FROM generation WHERE id = ${generationId}::uuid`
  return row.ledger
}
