'use client'

import { MessageCircleDashed } from 'lucide-react'
import Link from 'next/link'
import { modelName, offeredModel } from '#lib/chat/offered-model.ts'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { FirstSteps } from './first-steps.tsx'
import { PersonaChoice } from './persona-choice.tsx'
import { useCell } from './use-cell.ts'

/** What stands where a conversation is about to begin: a greeting, who can answer, ways to begin. */
export function Welcome({ store }: { store: ConversationStore }) {
  const { personas, isFirstLook } = useChatClient()
  const { persona, isTemporary } = useCell(store.state)
  const chosen = personas.find(({ id }) => id === persona)
  return (
    <div className="fade-edges relative min-h-0 flex-1">
      <div className="h-full touch-pan-y touch-pinch-zoom overflow-y-auto px-4 md:px-6">
        <div className="mx-auto flex min-h-full w-full max-w-(--column) flex-col justify-center py-8">
          <h1 className="mb-8 text-balance font-semibold text-2xl tracking-tight">
            What are you thinking through?
          </h1>
          {isTemporary && (
            <p className="-mt-5 mb-8 flex items-start gap-2 text-pretty text-muted text-sm">
              <MessageCircleDashed aria-hidden size={16} className="mt-0.5 shrink-0 text-accent" />
              Temporary: in no list, without title or summary, gone when you leave it or after an hour.
            </p>
          )}
          <PersonaChoice
            personas={personas}
            value={persona}
            onChange={(chosenPersona) => void store.choose({ persona: chosenPersona })}
          />
          <Link
            href="/personas"
            prefetch={false}
            className="mt-3 self-start text-muted text-sm underline decoration-line underline-offset-4 hover:text-foreground"
          >
            What each of them is told
          </Link>
          {chosen && (
            <ul aria-label="Ways to begin" className="mt-6 border-line border-t">
              {chosen.starters.map((starter) => (
                <li key={starter} className="border-line border-b">
                  <button
                    type="button"
                    className="w-full py-3 text-left transition-colors duration-150 hover:text-accent"
                    onClick={() => store.outbox.fill(starter)}
                  >
                    {starter}
                  </button>
                </li>
              ))}
            </ul>
          )}
          <ModelLine store={store} />
          {isFirstLook && <FirstSteps />}
        </div>
      </div>
    </div>
  )
}

/** Which model answers; the demo must never pass for one. */
function ModelLine({ store }: { store: ConversationStore }) {
  const client = useChatClient()
  const [model] = client.models
  const answering = offeredModel(useCell(store.state).model, client)
  return (
    <p className="mt-6 text-muted text-sm">
      {model.isAiModel ? (
        <>Answers come from {modelName(answering.id)}.</>
      ) : (
        <>
          Answers come from the built-in demo, which is{' '}
          <strong className="font-medium text-foreground">not an AI model</strong>.{' '}
          {client.isAdministrator ? (
            <>
              To connect one, put <Code>OPENAI_API_KEY</Code> or <Code>ANTHROPIC_API_KEY</Code> into{' '}
              <Code>.env</Code>, or run Ollama, and start Stoa again.
            </>
          ) : (
            'Whoever runs this Stoa can connect one.'
          )}
        </>
      )}
    </p>
  )
}

function Code({ children }: { children: string }) {
  return <code className="font-mono text-[0.92em]">{children}</code>
}
