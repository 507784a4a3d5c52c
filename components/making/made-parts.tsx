import type { ReactNode } from 'react'
import { ComposedText } from '#components/personas/prompt-text.tsx'
import { Button } from '#components/ui/button.tsx'
import type { GenerationMaking } from '#lib/chat/generation-making.ts'
import { asTheModelCounts, type MadePart, partsOf } from './describe-making.ts'
import { Disclosure } from './disclosure.tsx'
import { MadeMessages } from './made-messages.tsx'
import { MadePrompt } from './made-prompt.tsx'
import { MakingSection } from './making-section.tsx'

/** From the strongest to the faintest: the numbers beside them tell what they stand for. */
const colours: Record<MadePart['key'], string> = {
  prompt: 'bg-accent',
  instructions: 'bg-accent/75',
  folder: 'bg-accent/65',
  summary: 'bg-accent/55',
  messages: 'bg-accent/35',
  continuation: 'bg-edge',
  framing: 'bg-edge/60',
}

interface MadePartsProps {
  making: GenerationMaking
  onSummary(): void
}

/** What the request was made of: how much of it each part was, and each part itself. */
export function MadeParts({ making: counted, onSummary }: MadePartsProps) {
  const making = asTheModelCounts(counted)
  const { parts, free } = partsOf(making)
  const budget = making.budget.toLocaleString('en')
  return (
    <MakingSection
      title={making.state === 'nothing' ? 'What had been prepared' : 'What was sent'}
      figure={`${making.totalTokens.toLocaleString('en')} of ${budget} tokens`}
    >
      <div aria-hidden className="mb-2 flex h-2.5 gap-px overflow-hidden rounded-full bg-hover">
        {parts
          .filter(({ tokens }) => tokens > 0)
          .map(({ key, tokens }) => (
            <div
              key={key}
              className={`min-w-0.5 ${colours[key]}`}
              style={{ flexGrow: tokens, flexBasis: 0 }}
            />
          ))}
        <div style={{ flexGrow: free, flexBasis: 0 }} />
      </div>
      <ul>
        {parts.map((part) => (
          <li key={part.key} className="border-line border-b last:border-b-0">
            <PartLine part={part}>{contentOf(part.key, making, onSummary)}</PartLine>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-muted text-xs">
        {making.tokenRatio === 1
          ? 'As counted here before it was sent.'
          : `As counted here before it was sent, times ${making.tokenRatio.toFixed(2)} for this model.`}
      </p>
    </MakingSection>
  )
}

function PartLine({ part: { key, label, tokens }, children }: { part: MadePart; children: ReactNode }) {
  const title = (
    <>
      <span aria-hidden className={`size-2.5 shrink-0 rounded-xs ${colours[key]}`} />
      <span className="min-w-0 truncate">{label}</span>
    </>
  )
  const figure = tokens.toLocaleString('en')
  if (children === null)
    return (
      <div className="flex min-h-10 items-center gap-2.5 py-2 text-sm">
        <span className="flex min-w-0 flex-1 items-center gap-2.5">{title}</span>
        <span className="mr-6.5 tabular-nums">{figure}</span>
      </div>
    )
  return (
    <Disclosure title={title} figure={figure}>
      {children}
    </Disclosure>
  )
}

function contentOf(key: MadePart['key'], making: GenerationMaking, onSummary: () => void): ReactNode {
  const { prompt, instructions, folder, summary, messages, continuation } = making
  if (key === 'prompt') return <MadePrompt prompt={prompt} />
  if (key === 'instructions') return <KeptText text={instructions?.text ?? null} />
  if (key === 'folder') return <KeptText text={folder?.text ?? null} />
  if (key === 'messages') return <MadeMessages messages={messages} />
  if (key === 'continuation') return <KeptText text={continuation?.text ?? null} />
  if (key === 'framing') return null
  return (
    <>
      {summary?.isCut && <p className="mb-2 text-muted text-sm">It was shortened in the middle to fit.</p>}
      <KeptText text={summary?.text ?? null} />
      <Button size="small" className="mt-3" onClick={onSummary}>
        Open the summary
      </Button>
    </>
  )
}

function KeptText({ text }: { text: string | null }) {
  return text === null ? (
    <p className="text-muted text-sm">Its text is not kept.</p>
  ) : (
    <ComposedText text={text} />
  )
}
