import { describe, expect, it } from 'vitest'
import { findBest, matchQuery } from './match-query.ts'

const actions = [
  { label: 'Copy last answer' },
  { label: 'New conversation', keywords: 'begin start' },
  { label: 'Rename conversation', keywords: 'title' },
  { label: 'Change persona', keywords: 'who answers' },
  { label: 'Usage', keywords: 'cost tokens' },
]

const found = (query: string) => findBest(query, actions).map(({ label }) => label)

describe('what is found', () => {
  it('is everything, as it stands, when nothing is typed', () => {
    expect(found('')).toEqual(actions.map(({ label }) => label))
    expect(found('  ')).toHaveLength(actions.length)
  })

  it('has every word that is typed, in any order', () => {
    expect(found('conv re')).toEqual(['Rename conversation'])
    expect(found('answer copy')).toEqual(['Copy last answer'])
    expect(found('copy conversation')).toEqual([])
  })

  it('has it in its keywords, after what has it in its name', () => {
    expect(found('tokens')).toEqual(['Usage'])
    expect(found('answer')).toEqual(['Copy last answer', 'Change persona'])
  })

  it.each([
    ['nc', 'New conversation'],
    ['cla', 'Copy last answer'],
    ['RENÁME', 'Rename conversation'],
    ['ersona', 'Change persona'],
  ])('%s finds %s first', (query, label) => {
    expect(found(query)[0]).toBe(label)
  })

  it('begins with it before it has a word that does', () => {
    expect(findBest('co', [{ label: 'New conversation' }, { label: 'Copy' }])[0]?.label).toBe('Copy')
  })

  it('is not what has a single letter somewhere', () => {
    expect(matchQuery('e', { label: 'Usage' })).toBeNull()
    expect(found('zz')).toEqual([])
  })

  it('is what is written in other letters', () => {
    expect(matchQuery('мар', { label: 'Марк Аврелий' })).not.toBeNull()
    expect(matchQuery('時間', { label: '時間について' })).not.toBeNull()
  })
})
