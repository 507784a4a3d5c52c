import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { DocumentPage } from '#components/chat/document-page.tsx'
import { TryPersonas } from '#components/personas/try-personas.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { requirePageUser } from '#lib/auth/session.ts'
import { addressPair, pairPath } from '#lib/chat/persona-address.ts'
import { promptLibrary } from '#lib/prompts/library.ts'

export const metadata: Metadata = { title: 'Try two personas' }

export default async function TryPersonasPage({ searchParams }: PageProps<'/personas/try'>) {
  const library = promptLibrary()
  const pair = addressPair(await searchParams, library)
  await requirePageUser(pairPath('try', pair))
  const isKnown = (id: string) => library.personas.some((persona) => persona.id === id)
  if (!isKnown(pair.a) || !isKnown(pair.b)) notFound()
  return (
    <DocumentPage
      title="Try two personas"
      parent={{ href: '/personas', label: 'Personas' }}
      intro="One question, two answers. They stand in no list and are erased after an hour, unless you go on with one of them. Each counts as a message."
      actions={
        <Link href={pairPath('compare', pair)} prefetch={false} className={buttonClass()}>
          Compare their prompts
        </Link>
      }
    >
      <TryPersonas pair={pair} />
    </DocumentPage>
  )
}
