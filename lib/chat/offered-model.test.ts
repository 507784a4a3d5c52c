import { expect, test } from 'vitest'
import { modelName, offeredModel } from './offered-model.ts'
import type { ModelLabel } from './types.ts'

const label = (model: string): ModelLabel => ({ provider: 'openai', model, isAiModel: true })

test('without a choice the usual model answers', () => {
  expect(offeredModel(null, { models: [label('usual'), label('big')], knowsAllModels: true })).toEqual({
    id: 'openai:usual',
    gone: null,
  })
})

test.each([
  ['openai:big', true, 'openai:big', null],
  ['openai:gone:free', true, 'openai:usual', 'gone:free'],
  ['openai:not-told-yet', false, 'openai:not-told-yet', null],
])('%s, with all models known: %s', (chosen, knowsAllModels, id, gone) => {
  expect(offeredModel(chosen, { models: [label('usual'), label('big')], knowsAllModels })).toEqual({
    id,
    gone,
  })
})

test('a name keeps what is after the first colon', () => {
  expect(modelName('openai:qwen3:4b')).toBe('qwen3:4b')
})
