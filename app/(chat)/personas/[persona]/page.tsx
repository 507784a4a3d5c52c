import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { DocumentPage } from '#components/chat/document-page.tsx'
import { IntensitySwitch } from '#components/personas/intensity-switch.tsx'
import { PersonaDetails } from '#components/personas/persona-details.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { requirePageUser } from '#lib/auth/session.ts'
import { addressIntensity, addressValue, pairPath, personaPath } from '#lib/chat/persona-address.ts'
import { intensities } from '#lib/chat/types.ts'
import { describePersona } from '#lib/prompts/describe-persona.ts'
import { promptLibrary } from '#lib/prompts/library.ts'

type Props = PageProps<'/personas/[persona]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const id = (await params).persona
  return { title: promptLibrary().personas.find((persona) => persona.id === id)?.label }
}

export default async function PersonaPage({ params, searchParams }: Props) {
  const id = (await params).persona
  const query = await searchParams
  const chosen = addressIntensity(query, 'intensity')
  await requirePageUser(personaPath(id, chosen ? { intensity: chosen } : {}))
  const library = promptLibrary()
  const stack = describePersona(library, id, chosen)
  if (!stack) notFound()
  const others = intensities.filter((intensity) => intensity !== stack.intensity)
  const against = others.find((intensity) => intensity === addressValue(query, 'against')) ?? others[0]
  const other = against && describePersona(library, id, against)
  const pair = { a: id, b: nextPersona(id), ia: chosen, ib: null }
  const view = addressValue(query, 'view') === 'fragments' ? 'fragments' : 'text'
  const { label, description } = stack.persona
  return (
    <DocumentPage
      title={label}
      parent={{ href: '/personas', label: 'Personas' }}
      intro={description}
      actions={
        <>
          <IntensitySwitch
            value={stack.intensity}
            own={stack.persona.intensity}
            addressOf={(intensity) => personaPath(id, { intensity, view })}
          />
          <div className="flex gap-2">
            <Link href={pairPath('compare', pair)} prefetch={false} className={buttonClass()}>
              Compare
            </Link>
            <Link
              href={pairPath('try', pair)}
              prefetch={false}
              className={buttonClass({ variant: 'primary' })}
            >
              Try it
            </Link>
          </div>
        </>
      }
    >
      {other && <PersonaDetails stack={stack} other={other} view={view} />}
    </DocumentPage>
  )
}

/** The one that stands after it in the list; after the last, the first. */
function nextPersona(id: string): string {
  const { personas } = promptLibrary()
  const index = personas.findIndex((persona) => persona.id === id)
  return personas[(index + 1) % personas.length]?.id ?? id
}
