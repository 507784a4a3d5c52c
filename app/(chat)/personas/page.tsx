import type { Metadata } from 'next'
import Link from 'next/link'
import { DocumentPage } from '#components/chat/document-page.tsx'
import { PersonaList } from '#components/personas/persona-list.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { currentPreferences, requirePageUser } from '#lib/auth/session.ts'
import { describePersona } from '#lib/prompts/describe-persona.ts'
import { promptLibrary } from '#lib/prompts/library.ts'

export const metadata: Metadata = { title: 'Personas' }

export default async function PersonasPage() {
  await requirePageUser('/personas')
  const { persona: chosen } = await currentPreferences()
  const library = promptLibrary()
  const stacks = library.personas.map(({ id }) => describePersona(library, id, null))
  return (
    <DocumentPage
      title="Personas"
      intro="Who answers, and what each is told: a prompt composed of small fragments, which you can read here as the model gets it."
      actions={
        <>
          <Link href="/personas/compare" prefetch={false} className={buttonClass()}>
            Compare two
          </Link>
          <Link href="/personas/try" prefetch={false} className={buttonClass({ variant: 'primary' })}>
            Try two
          </Link>
        </>
      }
    >
      <PersonaList
        stacks={stacks.filter((stack) => stack !== null)}
        defaultPersona={library.personas.find(({ id }) => id === chosen)?.id ?? library.defaultPersona}
      />
    </DocumentPage>
  )
}
