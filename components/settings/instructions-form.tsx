'use client'

import { type FormEvent, useLayoutEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { MAX_INSTRUCTION_LENGTH } from '#lib/chat/limits.ts'
import { createInstructionDrafts } from './instruction-drafts.ts'
import { InstructionField } from './instruction-field.tsx'
import { SaveNote } from './save-note.tsx'
import { useSaving } from './use-saving.ts'

interface Instructions {
  aboutYou: string
  howToAnswer: string
}

const names = ['aboutYou', 'howToAnswer'] as const

const words = {
  aboutYou: {
    label: 'About you',
    hint: 'What answers can take as known: your work, what you are good at, what you are after.',
  },
  howToAnswer: {
    label: 'How to answer',
    hint: 'How long, in which language, in what manner; what to do and what to leave out.',
  },
}

/** What every answer is told of the person. What is typed is kept in the browser until it is saved or discarded. */
export function InstructionsForm({ userId, aboutYou, howToAnswer }: Instructions & { userId: string }) {
  const initial = { aboutYou, howToAnswer }
  const { saving, save, rest } = useSaving()
  const [stored, setStored] = useState(initial)
  const [texts, setTexts] = useState(initial)
  const [drafts] = useState(() => createInstructionDrafts(userId))
  const form = useRef<HTMLFormElement>(null)
  const changed = names.filter((name) => texts[name].trim() !== stored[name])
  const tooLong = names.filter((name) => texts[name].trim().length > MAX_INSTRUCTION_LENGTH)

  useLayoutEffect(() => {
    // What was typed before this ran, or left unsaved at an earlier visit.
    const typed = new FormData(form.current ?? undefined)
    const textOf = (name: keyof Instructions, saved: string) =>
      typed.get(name) === saved ? (drafts.load(name)?.text ?? saved) : String(typed.get(name))
    setTexts({ aboutYou: textOf('aboutYou', aboutYou), howToAnswer: textOf('howToAnswer', howToAnswer) })
  }, [drafts, aboutYou, howToAnswer])

  function type(name: keyof Instructions, text: string) {
    setTexts((before) => ({ ...before, [name]: text }))
    if (text.trim() === stored[name]) drafts.clear(name)
    else drafts.save(name, { text })
    if (saving.state !== 'saving') rest()
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    const [faulty] = tooLong
    if (faulty) form.current?.querySelector<HTMLTextAreaElement>(`[name=${faulty}]`)?.focus()
    if (faulty || changed.length === 0 || saving.state === 'saving') return
    const sent = Object.fromEntries(changed.map((name) => [name, texts[name].trim()]))
    if (!(await save(sent))) return
    setStored((before) => ({ ...before, ...sent }))
    // What was typed since is not saved yet.
    for (const name of changed) if (drafts.load(name)?.text.trim() === sent[name]) drafts.clear(name)
  }

  function discard() {
    for (const name of changed) drafts.clear(name)
    setTexts(stored)
    rest()
  }

  return (
    <form ref={form} onSubmit={submit} className="flex flex-col gap-6">
      {names.map((name) => (
        <InstructionField
          key={name}
          name={name}
          {...words[name]}
          value={texts[name]}
          onChange={(text) => type(name, text)}
        />
      ))}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button
          type="submit"
          variant={changed.length > 0 ? 'primary' : 'secondary'}
          aria-disabled={changed.length === 0 || saving.state === 'saving'}
        >
          Save instructions
        </Button>
        {changed.length > 0 && saving.state !== 'saving' && (
          <Button variant="quiet" onClick={discard}>
            Discard changes
          </Button>
        )}
        <SaveNote
          saving={saving}
          failure="Not saved; what you wrote is kept in this browser."
          unsaved={changed.length > 0 ? 'Not saved yet.' : ''}
        />
      </div>
    </form>
  )
}
