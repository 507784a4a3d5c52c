import { useState } from 'react'
import { HashLine } from '#components/personas/hash-line.tsx'
import { ComposedText, FragmentTexts } from '#components/personas/prompt-text.tsx'
import { ButtonSwitch } from '#components/ui/button-switch.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import type { GenerationMaking } from '#lib/chat/generation-making.ts'

type View = 'composed' | 'fragments'

const views: { value: View; label: string }[] = [
  { value: 'composed', label: 'Composed' },
  { value: 'fragments', label: 'By fragment' },
]

/** The persona's prompt as it was, in one piece or by the files it was composed of. */
export function MadePrompt({ prompt }: Pick<GenerationMaking, 'prompt'>) {
  const [view, setView] = useState<View>('composed')
  const { text, fragments } = prompt
  return (
    <>
      <div className="mb-2 flex items-center justify-between">
        <ButtonSwitch<View> label="Prompt" value={view} options={views} onChange={setView} />
        {text !== null && <CopyButton text={text} label="Copy the composed prompt" />}
      </div>
      <HashLine stack={prompt} />
      {view === 'fragments' ? (
        fragments.length > 0 ? (
          <FragmentTexts fragments={fragments} />
        ) : (
          <p className="text-muted text-sm">Which fragments it was composed of is not known.</p>
        )
      ) : text === null ? (
        <p className="text-muted text-sm">Its text is not kept.</p>
      ) : (
        <ComposedText text={text} />
      )}
    </>
  )
}
