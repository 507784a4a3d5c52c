import { type Loss, lose, type ShownAnswer, type SoakRecord } from './soak-record.ts'

/** What a `kill -9` may cost: text that was first shown within this time before it, in milliseconds. */
const LOSABLE_MS = 1_000
/** How soon after a start nothing may call itself running that is not. */
const RECOVERY_MS = 10_000

/** A message as the database has it in the end. */
export interface StoredMessage {
  id: string
  role: 'user' | 'assistant'
  text: string
  status: string | null
}

export interface ProviderCalls {
  /** Calls for a message, by the message's text. */
  byMessage: Map<string, number>
  continuations: number
}

export interface SoakReport {
  figures: Record<string, number>
  /** Each promise that did not hold, in words; empty when all did. */
  broken: string[]
}

/** Compares what the pages sent and showed with what the database holds and the provider was asked. */
export function audit(record: SoakRecord, stored: StoredMessage[], calls: ProviderCalls): SoakReport {
  const byId = new Map(stored.map((message) => [message.id, message]))
  const broken: string[] = []
  const sent = [...record.sent.values()]
  const lost = sent.filter(({ id, text }) => byId.get(id)?.text !== text)
  for (const { id, text } of lost) broken.push(`the message ${id} ("${text}") is not in the database`)

  const counts = new Map<string, number>()
  for (const { role, text } of stored) if (role === 'user') counts.set(text, (counts.get(text) ?? 0) + 1)
  const duplicated = sent.filter(({ text }) => (counts.get(text) ?? 0) > 1)
  for (const { text } of duplicated)
    broken.push(`the message "${text}" is in the database ${counts.get(text)} times`)

  let paidTwice = 0
  for (const { text, retries } of sent) {
    const asked = calls.byMessage.get(text) ?? 0
    if (asked <= 1 + retries) continue
    paidTwice += 1
    broken.push(`"${text}" was asked ${asked} times for ${1 + retries} actions`)
  }
  if (calls.continuations > record.continuations) {
    broken.push(`${calls.continuations} calls went on with an answer for ${record.continuations} actions`)
  }

  const texts = [...record.shown].map(([id, answer]) =>
    compareText(id, answer, byId.get(id)?.text ?? '', record.kills),
  )
  broken.push(...texts.flatMap(({ faults }) => faults))

  const running = stored.filter(({ status }) => status === 'streaming')
  for (const { id } of running) broken.push(`the answer ${id} still calls itself running`)
  const slowest = Math.max(0, ...record.recoveries)
  if (slowest > RECOVERY_MS) broken.push(`an answer called itself running ${slowest} ms after a start`)

  return {
    figures: {
      'messages sent': sent.length,
      'messages acknowledged': sent.filter(({ isAcknowledged }) => isAcknowledged).length,
      'messages lost': lost.length,
      'messages duplicated': duplicated.length,
      'messages paid twice': paidTwice,
      'answers shown': record.shown.size,
      'answers continued': record.continuations,
      'characters shown': sum(texts.map(({ shown }) => shown)),
      'characters lost within the last second before a kill': sum(texts.map(({ excused }) => excused)),
      'characters lost': sum(texts.map(({ lost }) => lost)),
      'kill -9': record.kills.length,
      'slowest recovery after a start (ms)': Math.round(slowest),
      stops: record.stops,
      reloads: record.reloads,
    },
    broken,
  }
}

interface TextComparison {
  shown: number
  excused: number
  lost: number
  faults: string[]
}

/** What was shown of an answer must be stored, and may be gone only where a server died. */
function compareText(id: string, answer: ShownAnswer, storedText: string, kills: number[]): TextComparison {
  const comparison: TextComparison = { shown: answer.text.length, excused: 0, lost: 0, faults: [] }
  lose(answer, storedText)
  for (const loss of answer.losses) {
    if (isExcused(loss, kills)) comparison.excused += loss.text.length
    else {
      comparison.lost += loss.text.length
      const text = JSON.stringify(loss.text.slice(0, 60))
      comparison.faults.push(
        `of the answer ${id}, ${loss.text.length} characters from ${loss.from} on are gone: ${text}`,
      )
    }
  }
  return comparison
}

/** Whether all of it was first seen within the last second before a kill, or just after, from what was on its way. */
function isExcused({ seenAt }: Loss, kills: number[]): boolean {
  return seenAt.every((at) => kills.some((kill) => at >= kill - LOSABLE_MS && at <= kill + LOSABLE_MS))
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
