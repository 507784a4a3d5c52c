import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { DocumentPage } from '#components/chat/document-page.tsx'
import { ComparisonTable } from '#components/personas/comparison-table.tsx'
import { Difference } from '#components/personas/difference.tsx'
import { PairChoice } from '#components/personas/pair-choice.tsx'
import { Section } from '#components/personas/section.tsx'
import { stackNames } from '#components/personas/stack-names.ts'
import { buttonClass } from '#components/ui/button.tsx'
import { requirePageUser } from '#lib/auth/session.ts'
import { diffLines } from '#lib/chat/diff-lines.ts'
import { addressPair, pairPath } from '#lib/chat/persona-address.ts'
import { describePersona } from '#lib/prompts/describe-persona.ts'
import { promptLibrary } from '#lib/prompts/library.ts'

export const metadata: Metadata = { title: 'Compare personas' }

export default async function ComparePersonasPage({ searchParams }: PageProps<'/personas/compare'>) {
  const library = promptLibrary()
  const pair = addressPair(await searchParams, library)
  await requirePageUser(pairPath('compare', pair))
  const left = describePersona(library, pair.a, pair.ia)
  const right = describePersona(library, pair.b, pair.ib)
  if (!left || !right) notFound()
  const names = stackNames(left, right)
  const choice = { page: 'compare', pair, personas: library.personas } as const
  return (
    <DocumentPage
      title="Compare personas"
      parent={{ href: '/personas', label: 'Personas' }}
      actions={
        <Link href={pairPath('try', pair)} prefetch={false} className={buttonClass({ variant: 'primary' })}>
          Try both
        </Link>
      }
    >
      <div className="mb-8 grid gap-x-8 gap-y-4 md:grid-cols-2">
        <PairSide choice={<PairChoice {...choice} side="left" />} description={left.persona.description} />
        <PairSide choice={<PairChoice {...choice} side="right" />} description={right.persona.description} />
      </div>
      <Section title="Fragments">
        <ComparisonTable left={left} right={right} names={names} />
      </Section>
      <Section title="Difference">
        <Difference parts={diffLines(left.text, right.text)} left={names[0]} right={names[1]} />
      </Section>
    </DocumentPage>
  )
}

function PairSide({ choice, description }: { choice: React.ReactNode; description: string }) {
  return (
    <div>
      {choice}
      <p className="mt-1 text-muted">{description}</p>
    </div>
  )
}
