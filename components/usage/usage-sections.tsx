import Link from 'next/link'
import { explainGenerationError } from '#lib/chat/generation-errors.ts'
import { describeDuration, type UsageByKind, type UsageReport } from '#lib/chat/usage-report.ts'
import { dayLabel } from './day-label.ts'
import { UsageChart } from './usage-chart.tsx'
import { UsageSection } from './usage-section.tsx'
import { UsageTable } from './usage-table.tsx'

const kinds: Record<UsageByKind['kind'], string> = {
  answer: 'Answers',
  title: 'Titles',
  summary: 'Summaries',
}

interface UsageSectionsProps {
  report: UsageReport
  /** Labels of the personas that there are, by id. */
  personas: Record<string, string>
}

/** A period by day, model, persona, conversation and kind, and what failed in it. */
export function UsageSections({ report, personas }: UsageSectionsProps) {
  const { byDay, byModel, byPersona, byKind, byConversation, otherConversations, failures } = report
  const hasSeveralProviders = new Set(byModel.map(({ provider }) => provider)).size > 1
  return (
    <>
      <UsageSection title="By day">
        <div className="grid gap-x-8 gap-y-8 md:grid-cols-2">
          <UsageChart days={byDay} measure="cost" />
          <UsageChart days={byDay} measure="tokens" />
        </div>
        <details className="mt-4">
          <summary className="w-fit cursor-pointer rounded-sm py-2 text-muted text-sm hover:text-foreground">
            Days as a table
          </summary>
          <UsageTable
            of="Day"
            rows={byDay.toReversed().map((sums) => ({ key: sums.day, name: dayLabel(sums.day), sums }))}
          />
        </details>
      </UsageSection>
      <UsageSection title="By model" note="Times are medians of finished answers, and their 95th percentile.">
        <UsageTable
          of="Model"
          more={['First token', 'Whole answer']}
          rows={byModel.map((sums) => ({
            key: `${sums.provider}:${sums.model}`,
            name: hasSeveralProviders ? `${sums.model} (${sums.provider})` : sums.model,
            sums,
            more: [
              pair(sums.timeToFirstTokenP50, sums.timeToFirstTokenP95),
              pair(sums.latencyP50, sums.latencyP95),
            ],
          }))}
        />
      </UsageSection>
      <UsageSection title="By persona">
        <UsageTable
          of="Persona"
          rows={byPersona.map((sums) => ({
            key: sums.persona ?? '',
            name: sums.persona === null ? 'None' : (personas[sums.persona] ?? sums.persona),
            sums,
          }))}
        />
      </UsageSection>
      <UsageSection
        title="By conversation"
        {...(otherConversations > 0 && {
          note: `Those that took most; ${otherConversations.toLocaleString('en')} more are in the download.`,
        })}
      >
        <UsageTable
          of="Conversation"
          rows={byConversation.map((sums) => ({
            key: sums.id ?? '',
            name: sums.id ? (
              <Link
                href={`/chat/${sums.id}`}
                prefetch={false}
                className="underline decoration-line underline-offset-4 hover:decoration-current"
              >
                {sums.title}
              </Link>
            ) : (
              'Deleted, or only made to try a persona'
            ),
            sums,
          }))}
        />
      </UsageSection>
      <UsageSection title="By kind">
        <UsageTable
          of="Kind"
          rows={byKind.map((sums) => ({ key: sums.kind, name: kinds[sums.kind], sums }))}
        />
      </UsageSection>
      <UsageSection title="Failures">
        {failures.length === 0 ? (
          <p className="text-muted">No call failed.</p>
        ) : (
          <ul className="border-line border-t text-sm">
            {failures.map(({ code, calls }) => (
              <li key={code} className="flex items-baseline gap-x-6 border-line border-b py-2.5">
                <span className="min-w-0 flex-1">
                  {explainGenerationError(code).title}
                  <code className="block font-mono text-muted text-xs">{code}</code>
                </span>
                <span className="whitespace-nowrap tabular-nums">
                  {calls.toLocaleString('en')} {calls === 1 ? 'call' : 'calls'}
                </span>
              </li>
            ))}
          </ul>
        )}
      </UsageSection>
    </>
  )
}

function pair(p50: number | null, p95: number | null): string {
  return p50 === null ? describeDuration(null) : `${describeDuration(p50)} / ${describeDuration(p95)}`
}
