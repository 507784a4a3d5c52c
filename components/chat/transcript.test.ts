import { expect, it } from 'vitest'
import { answer, question } from './testing/scripted-api.ts'
import { createTranscript } from './transcript.ts'

it('counts a new version with those that it knows of, also after what stood there was cut off', () => {
  const shown = { ...answer('a2', 'q1'), siblingIds: ['a1', 'a2'] }
  const transcript = createTranscript([question('q1'), shown, question('q2', 'a2')])
  transcript.cutAfter('q1')
  expect(transcript.ids.get()).toEqual(['q1'])
  transcript.append(answer('a3', 'q1'))
  expect(transcript.ids.get()).toEqual(['q1', 'a3'])
  expect(transcript.find('a3')?.siblingIds).toEqual(['a1', 'a2', 'a3'])
})

it('puts a new version of a message in its place, also of the first one', () => {
  const transcript = createTranscript([question('q1'), answer('a1', 'q1')])
  transcript.append(question('q2'))
  expect(transcript.ids.get()).toEqual(['q2'])
  expect(transcript.find('q2')?.siblingIds).toEqual(['q1', 'q2'])
})

it('counts a message that is next as the only one', () => {
  const transcript = createTranscript([question('q1'), answer('a1', 'q1')])
  transcript.append(question('q2', 'a1'))
  expect(transcript.find('q2')?.siblingIds).toEqual(['q2'])
})

it('lets what is stored decide', () => {
  const transcript = createTranscript([question('q1')])
  transcript.append(question('q2'))
  transcript.replaceAll([question('q1')])
  transcript.append(question('q3'))
  expect(transcript.find('q3')?.siblingIds).toEqual(['q1', 'q3'])
})

const older = [question('q1'), answer('a1', 'q1')]
const newer = [question('q2', 'a1'), answer('a2', 'q2')]

it('takes older messages before the others, and only those that lead to them', () => {
  const transcript = createTranscript(newer)
  const shown = transcript.cellOf('a2')
  transcript.prepend([question('x1'), answer('x2', 'x1')])
  expect(transcript.ids.get()).toEqual(['q2', 'a2'])
  transcript.prepend(older)
  expect(transcript.ids.get()).toEqual(['q1', 'a1', 'q2', 'a2'])
  expect(transcript.cellOf('a2')).toBe(shown)
  transcript.prepend(older)
  expect(transcript.ids.get()).toHaveLength(4)
})

it('keeps what is shown of a branch before what was read of it, and nothing of another', () => {
  const transcript = createTranscript([...older, ...newer])
  transcript.replaceAll([question('q3', 'a1'), answer('a3', 'q3')])
  expect(transcript.ids.get()).toEqual(['q1', 'a1', 'q3', 'a3'])
  transcript.replaceAll([question('q9', 'a8')])
  expect(transcript.ids.get()).toEqual(['q9'])
})

it('lets go of all but the last ones', () => {
  const transcript = createTranscript([...older, ...newer])
  transcript.keepLast(2)
  expect(transcript.ids.get()).toEqual(['q2', 'a2'])
  expect(transcript.find('a1')).toBeUndefined()
  expect(transcript.first()?.id).toBe('q2')
})
