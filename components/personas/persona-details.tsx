import { CopyButton } from '#components/ui/copy-button.tsx'
import { LinkSwitch } from '#components/ui/link-switch.tsx'
import { diffLines } from '#lib/chat/diff-lines.ts'
import { personaPath } from '#lib/chat/persona-address.ts'
import type { PersonaStack } from '#lib/chat/persona-stack.ts'
import { intensities } from '#lib/chat/types.ts'
import { Difference } from './difference.tsx'
import { HashLine } from './hash-line.tsx'
import { intensityLabels } from './intensity-labels.ts'
import { ComposedText, FragmentTexts } from './prompt-text.tsx'
import { Section } from './section.tsx'
import { StackTable } from './stack-table.tsx'

interface PersonaDetailsProps {
  stack: PersonaStack
  /** The same persona at another intensity. */
  other: PersonaStack
  view: 'text' | 'fragments'
}

/** What a persona is composed of at an intensity, what comes of it, and what another intensity would change. */
export function PersonaDetails({ stack, other, view }: PersonaDetailsProps) {
  const { persona, intensity, text, fragments } = stack
  const address = (change: Parameters<typeof personaPath>[1]) =>
    personaPath(persona.id, { intensity, view, against: other.intensity, ...change })
  const nameOf = (level: typeof intensity) => intensityLabels[level].label
  return (
    <>
      <Section title="Stack">
        <StackTable stack={stack} />
      </Section>
      <Section
        title="Text"
        controls={
          <>
            <LinkSwitch
              label="Text"
              options={[
                { href: address({ view: 'text' }), label: 'Composed', isCurrent: view === 'text' },
                {
                  href: address({ view: 'fragments' }),
                  label: 'By fragment',
                  isCurrent: view === 'fragments',
                },
              ]}
            />
            <CopyButton text={text} label="Copy the composed text" />
          </>
        }
      >
        <HashLine stack={stack} />
        {view === 'text' ? <ComposedText text={text} /> : <FragmentTexts fragments={fragments} />}
      </Section>
      <Section
        title="Difference between intensities"
        controls={
          <LinkSwitch
            label="Compared with"
            options={intensities
              .filter((level) => level !== intensity)
              .map((level) => ({
                href: address({ against: level }),
                label: `Against ${nameOf(level).toLowerCase()}`,
                isCurrent: level === other.intensity,
              }))}
          />
        }
      >
        <Difference
          parts={diffLines(other.text, text)}
          left={nameOf(other.intensity).toLowerCase()}
          right={nameOf(intensity).toLowerCase()}
        />
      </Section>
    </>
  )
}
