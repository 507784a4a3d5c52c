import { ComposedText } from '#components/personas/prompt-text.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import type { GenerationMaking } from '#lib/chat/generation-making.ts'
import { Disclosure } from './disclosure.tsx'
import { MakingSection } from './making-section.tsx'

/** The body of the last request, to be read and copied. */
export function MadeRequest({ making: { request, run, calls } }: { making: GenerationMaking }) {
  const title = calls.length > 1 ? 'The last request' : 'The request'
  if (request === null)
    return (
      <MakingSection title={title}>
        <p className="text-muted text-sm">
          {run.provider === 'demo'
            ? 'The demo is no AI model and is sent no request.'
            : 'It cannot be made again.'}
        </p>
      </MakingSection>
    )
  return (
    <MakingSection title={title}>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <Disclosure title="As JSON">
            <section
              aria-label="Request as JSON"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
              tabIndex={0}
              className="max-h-[60dvh] overflow-y-auto rounded-xl outline-offset-[-2px]"
            >
              <ComposedText text={JSON.stringify(request, null, 2)} />
            </section>
          </Disclosure>
        </div>
        <span className="pt-1">
          <CopyButton text={JSON.stringify(request)} label="Copy the request as it was sent" />
        </span>
      </div>
    </MakingSection>
  )
}
