import { expect, it } from 'vitest'
import { answerChoices } from './answer-choices.ts'
import { generation } from './testing/scripted-api.ts'

const personas = [
  { id: 'stoic', label: 'Stoic', intensity: 'medium' },
  { id: 'casual', label: 'Casual', intensity: 'low' },
] as const
const models = ['usual', 'big'].map((model) => ({ provider: 'openai', model, isAiModel: true }))
const offered = { personas, models, chosenModel: null }

it('asks again as the answer was written', () => {
  const answer = generation({ persona: 'casual', intensity: 'high', model: 'big' })
  expect(answerChoices(answer, offered).again).toEqual({
    ...{ persona: 'casual', intensity: 'high', model: 'openai:big' },
  })
})

it('leaves to the persona what is its own, and names the usual model as such', () => {
  const answer = generation({ persona: 'casual', intensity: 'low', model: 'usual' })
  expect(answerChoices(answer, offered).again).toEqual({ persona: 'casual', intensity: null, model: null })
})

it('changes one thing at a time', () => {
  const choices = answerChoices(generation({ intensity: 'high', model: 'usual' }), offered)
  expect(choices.personas).toEqual([
    { key: 'casual', label: 'Casual', choice: { persona: 'casual', intensity: 'high', model: null } },
  ])
  expect(choices.intensities).toEqual([
    { key: 'low', label: 'Low', choice: { persona: 'stoic', intensity: 'low', model: null } },
    { key: 'medium', label: 'Medium', choice: { persona: 'stoic', intensity: null, model: null } },
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
    choice: { persona: 'stoic', intensity: null, model: null },
  })
  expect(answerChoices(answer, { ...offered, models: models.slice(0, 1) }).models).toEqual([])
})

it('asks neither the fallback again, nor a model or a persona that is there no longer', () => {
  const { again } = answerChoices(generation({ model: 'big', fallbackFrom: 'usual' }), offered)
  expect(again).toEqual({ persona: 'stoic', intensity: null })
  expect(answerChoices(generation({ model: 'gone', persona: 'gone' }), offered).again).toEqual({
    intensity: 'medium',
  })
})

it('offers a few of many models, the one that the conversation has among them', () => {
  const many = Array.from({ length: 30 }, (_, index) => ({
    ...{ provider: 'openai', model: `model-${index}`, isAiModel: true },
  }))
  const choices = answerChoices(generation({ model: 'model-0' }), {
    ...{ personas, models: many, chosenModel: 'openai:model-29' },
  })
  expect(choices.models.map(({ label }) => label)).toEqual([
    ...['model-29', 'model-1', 'model-2', 'model-3', 'model-4', 'model-5'],
  ])
})
