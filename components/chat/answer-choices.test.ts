import { expect, it } from 'vitest'
import { answerChoices } from './answer-choices.ts'
import { generation } from './testing/scripted-api.ts'

const personas = [
  { id: 'stoic', label: 'Stoic', intensity: 'medium' },
  { id: 'casual', label: 'Casual', intensity: 'low' },
] as const
const models = ['usual', 'big'].map((model) => ({ provider: 'openai', model, isAiModel: true }))
const offered = { personas, models }

it('asks again as the answer was written', () => {
  const answer = generation({ persona: 'casual', intensity: 'high', model: 'big' })
  expect(answerChoices(answer, offered).again).toEqual({
    ...{ persona: 'casual', intensity: 'high', model: 'openai:big' },
  })
})

it('leaves to the persona and to the server what is their own', () => {
  const answer = generation({ persona: 'casual', intensity: 'low', model: 'usual' })
  expect(answerChoices(answer, offered).again).toEqual({ persona: 'casual', intensity: null })
})

it('changes one thing at a time', () => {
  const choices = answerChoices(generation({ intensity: 'high', model: 'usual' }), offered)
  expect(choices.personas).toEqual([
    { key: 'casual', label: 'Casual', choice: { persona: 'casual', intensity: 'high' } },
  ])
  expect(choices.intensities).toEqual([
    { key: 'low', label: 'Low', choice: { persona: 'stoic', intensity: 'low' } },
    { key: 'medium', label: 'Medium', choice: { persona: 'stoic', intensity: null } },
  ])
  expect(choices.models).toEqual([
    { key: 'openai:big', label: 'big', choice: { persona: 'stoic', intensity: 'high', model: 'openai:big' } },
  ])
})

it('offers the usual model after another one, and no model where there is one', () => {
  const answer = generation({ model: 'big' })
  const [usual] = answerChoices(answer, offered).models
  expect(usual).toEqual({
    key: 'openai:usual',
    label: 'usual',
    choice: { persona: 'stoic', intensity: null },
  })
  expect(answerChoices(answer, { personas, models: models.slice(0, 1) }).models).toEqual([])
})

it('asks neither the fallback again, nor a model or a persona that is there no longer', () => {
  const { again } = answerChoices(generation({ model: 'big', fallbackFrom: 'usual' }), offered)
  expect(again).toEqual({ persona: 'stoic', intensity: null })
  expect(answerChoices(generation({ model: 'gone', persona: 'gone' }), offered).again).toEqual({
    intensity: 'medium',
  })
})
