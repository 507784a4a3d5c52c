import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseLibrary } from './parse-library.ts'
import { PromptLibraryError } from './prompt-library-error.ts'
import type { PromptFiles } from './types.ts'

const YAML = `default: stoic

stoic:
  label: Stoic
  description: Sharpens thinking, does not replace it.
  base: default
  core: [identity, persona]
  rules: [communication, factuality]
  intensity: medium
  starters: ["…", "…", "…"]

casual:
  label: Casual
  description: Relaxed.
  base: default
  styles: [casual]
  intensity: low
  starters: [One., Two., Three.]

title:
  internal: true
  base: title
  variables: [input]

continue:
  internal: true
  base: continue
  variables: [ending]

summarizer:
  internal: true
  base: summarizer
  variables: [existing_summary, input]
`

const FRAGMENTS = {
  'base/continue.md': 'Go on after: {ending}\n',
  'base/default.md': 'Base.\n',
  'base/summarizer.md': 'So far: {existing_summary}\n\nNew: {input}\n',
  'base/title.md': 'Name this: {input}\n',
  'core/identity.md': 'Identity.\n',
  'core/persona.md': 'Persona.\n',
  'styles/casual.md': 'Casual.\n',
  'rules/communication.md': 'Communication.\n',
  'rules/factuality.md': 'Factuality.\n',
  'intensity/low.md': 'Low.\n',
  'intensity/medium.md': 'Medium.\n',
  'intensity/high.md': 'High.\n',
}

type Fragments = Record<string, string | undefined>

/** The library above, with another prompts.yaml or other fragments (undefined: without this one). */
function libraryFiles(yaml: string, changes: Fragments = {}): PromptFiles {
  const fragments = Object.entries<string | undefined>({ ...FRAGMENTS, ...changes })
  return {
    directory: path.resolve('prompts'),
    yaml,
    fragments: new Map(fragments.flatMap(([file, text]) => (text === undefined ? [] : [[file, text]]))),
    faults: [],
  }
}

/** The faults as a person reads them, without the first line. */
function faultsOf(yaml: string, changes: Fragments = {}): string[] {
  try {
    parseLibrary(libraryFiles(yaml, changes))
  } catch (error) {
    if (!(error instanceof PromptLibraryError)) throw error
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim())
  }
  return []
}

describe('a sound library', () => {
  const library = parseLibrary(libraryFiles(YAML))

  it('offers its personas in the order of the file', () => {
    expect(library.warnings).toEqual([])
    expect(library.defaultPersona).toBe('stoic')
    expect(library.personas).toEqual([
      {
        id: 'stoic',
        label: 'Stoic',
        description: 'Sharpens thinking, does not replace it.',
        intensity: 'medium',
        starters: ['…', '…', '…'],
      },
      {
        id: 'casual',
        label: 'Casual',
        description: 'Relaxed.',
        intensity: 'low',
        starters: ['One.', 'Two.', 'Three.'],
      },
    ])
  })

  it('composes a persona of its fragments, in order, at its own intensity', () => {
    const composed = library.composePersona('stoic', null)
    expect(composed.text).toBe('Base.\n\nIdentity.\n\nPersona.\n\nCommunication.\n\nFactuality.\n\nMedium.')
    expect(composed.intensity).toBe('medium')
    expect(composed.fragments.map((fragment) => fragment.path)).toEqual([
      'base/default.md',
      'core/identity.md',
      'core/persona.md',
      'rules/communication.md',
      'rules/factuality.md',
      'intensity/medium.md',
    ])
    expect(library.composePersona('casual', null).text).toBe('Base.\n\nCasual.\n\nLow.')
  })

  it('composes a persona at another intensity', () => {
    expect(library.composePersona('casual', 'high')).toMatchObject({
      text: 'Base.\n\nCasual.\n\nHigh.',
      intensity: 'high',
    })
  })

  it('says which personas there are when one is unknown', () => {
    for (const id of ['nobody', 'title', 'default', '__proto__', 'constructor', '']) {
      expect(() => library.composePersona(id, null)).toThrow(
        expect.objectContaining({
          code: 'unknown_persona',
          field: 'persona',
          userMessage: `There is no persona "${id}". Choose one of: stoic, casual.`,
        }),
      )
    }
  })

  it('fills the variables of an internal prompt literally', () => {
    const input = '{existing_summary} $& {input}'
    expect(library.composePrompt('summarizer', { existing_summary: '{input}', input }).text).toBe(
      'So far: {input}\n\nNew: {existing_summary} $& {input}',
    )
  })

  it('refuses to compose with a value missing', () => {
    const incomplete = { input: 'x' } as { input: string; existing_summary: string }
    expect(() => library.composePrompt('summarizer', incomplete)).toThrow(
      'needs a value for existing_summary',
    )
  })
})

it('treats front matter, and what looks like a template, as text', () => {
  const text = `---js\n{ run: process.exit(1) }\n---\n\${1 + 1} <%= 1 %> {{ input }}`
  const library = parseLibrary(libraryFiles(YAML, { 'core/identity.md': text }))
  expect(library.composePersona('stoic', null).fragments[1]?.text).toBe(text)
})

it('accepts aliases in moderation', () => {
  const yaml = YAML.replace('core: [identity, persona]', 'core: &core [identity, persona]').replace(
    'styles: [casual]',
    'styles: [casual]\n  core: *core',
  )
  expect(parseLibrary(libraryFiles(yaml)).composePersona('casual', null).text).toBe(
    'Base.\n\nIdentity.\n\nPersona.\n\nCasual.\n\nLow.',
  )
})

describe('faults, each with its file and line', () => {
  it.each<[string, string, Fragments, string[]]>([
    [
      'an unknown key',
      YAML.replace('  label: Stoic', '  lable: S\n  label: Stoic'),
      {},
      ['prompts/prompts.yaml:4: stoic.lable is an unknown key'],
    ],
    [
      'a duplicate key',
      YAML.replace('  intensity: medium', '  base: default\n  intensity: medium'),
      {},
      ['prompts/prompts.yaml:9: the key "base" is there twice'],
    ],
    [
      'a duplicate prompt',
      `${YAML}stoic: {}\n`,
      {},
      expect.arrayContaining(['prompts/prompts.yaml:34: the key "stoic" is there twice']),
    ],
    [
      'a missing fragment',
      YAML.replace('[identity, persona]', '[identity,\n    nobody]'),
      { 'core/persona.md': undefined },
      ['prompts/prompts.yaml:8: stoic names the missing fragment core/nobody.md'],
    ],
    [
      'a missing intensity',
      YAML,
      { 'intensity/high.md': undefined },
      ['prompts/intensity/high.md:1: the fragment is missing: a person can choose each intensity'],
    ],
    [
      'an empty fragment',
      YAML,
      { 'core/identity.md': '\r\n \n\t\n' },
      ['prompts/core/identity.md:1: the fragment is empty'],
    ],
    [
      'a missing key',
      YAML.replace('  label: Stoic\n', ''),
      {},
      ['prompts/prompts.yaml:3: stoic.label is missing: wants a text'],
    ],
    [
      'an empty text',
      YAML.replace('label: Stoic', 'label: ""'),
      {},
      ['prompts/prompts.yaml:4: stoic.label is empty: wants a text'],
    ],
    [
      'an unknown intensity',
      YAML.replace('intensity: low', 'intensity: extreme'),
      {},
      ['prompts/prompts.yaml:17: casual.intensity is "extreme": wants low or medium or high'],
    ],
    [
      'too few starters',
      YAML.replace('[One., Two., Three.]', '[One.]'),
      {},
      ['prompts/prompts.yaml:18: casual.starters is a list of 1: wants 3 texts'],
    ],
    [
      'a fragment named twice',
      YAML.replace('[identity, persona]', '[identity, persona, identity]'),
      {},
      ['prompts/prompts.yaml:7: stoic.core is a list of 3: wants no name twice'],
    ],
    [
      'duplicate labels',
      YAML.replace('label: Casual', 'label: stoic '),
      {},
      ['prompts/prompts.yaml:13: casual has the same label as stoic'],
    ],
    [
      'a name that a page has',
      YAML.replace('casual:', 'compare:'),
      {},
      ['prompts/prompts.yaml:12: the name "compare" is taken by a page: wants another one'],
    ],
    [
      'no default persona',
      YAML.replace('default: stoic', ''),
      {},
      ['prompts/prompts.yaml:1: no default persona: wants "default: …" with stoic or casual'],
    ],
    [
      'a default that is no persona',
      YAML.replace('default: stoic', 'default: title'),
      {},
      ['prompts/prompts.yaml:1: the default persona is "title": wants stoic or casual'],
    ],
    [
      'a prompt that the program misses',
      YAML.slice(0, YAML.indexOf('summarizer')),
      { 'base/summarizer.md': undefined },
      ['prompts/prompts.yaml:1: the prompt "summarizer" is missing, which the program uses'],
    ],
    [
      'an internal prompt that the program does not know',
      `${YAML}critic:\n  internal: true\n  base: default\n`,
      {},
      [
        'prompts/prompts.yaml:34: critic is internal, but the program only uses title, continue and summarizer',
      ],
    ],
    [
      'an internal prompt that is not marked as one',
      YAML.replace('title:\n  internal: true', 'title:'),
      {},
      ['prompts/prompts.yaml:20: title.internal is missing: wants true'],
    ],
    [
      'a prompt that is no mapping',
      YAML.replace('stoic:\n  label: Stoic', 'plain: text\n\nstoic:\n  label: Stoic'),
      {},
      ['prompts/prompts.yaml:3: plain is "text": wants the keys of a persona'],
    ],
    [
      'a name that is none',
      YAML.replace('casual:\n', 'Casual One:\n'),
      {},
      [
        'prompts/prompts.yaml:12: the name "Casual One": wants a name of lower-case letters, digits and hyphens',
      ],
    ],
  ])('%s', (_name, yaml, changes, faults) => {
    expect(faultsOf(yaml, changes)).toEqual(faults)
  })

  it.each(['../secrets', 'a/b', 'a\\b', '/etc/passwd', 'C:x', '..', '.'])(
    'a name with a path in it: %s',
    (name) => {
      const yaml = YAML.replace('[identity, persona]', `[identity, persona, ${JSON.stringify(name)}]`)
      expect(faultsOf(yaml)).toEqual([
        `prompts/prompts.yaml:7: stoic.core.2 is "${name}": wants a name, not a path`,
      ])
    },
  )

  it.each(['', 'Identity', 'identity.md', 'ïdentity', '-x', 'x'.repeat(65)])(
    'a name that is no file name: %s',
    (name) => {
      expect(faultsOf(YAML.replace('[casual]', JSON.stringify([name])))).toEqual([
        expect.stringMatching(
          /^prompts\/prompts\.yaml:16: casual\.styles\.0 .*wants a name of lower-case letters/,
        ),
      ])
    },
  )

  it('all at once, in the order of files and lines', () => {
    const yaml = YAML.replace('label: Stoic', 'label: Stoic\n  tone: dry').replace('[casual]', '[gone, ../x]')
    expect(faultsOf(yaml, { 'core/persona.md': '', 'base/title.md': 'Nothing to fill in.' })).toEqual([
      'prompts/core/persona.md:1: the fragment is empty',
      'prompts/prompts.yaml:5: stoic.tone is an unknown key',
      'prompts/prompts.yaml:17: casual.styles.1 is "../x": wants a name, not a path',
      'prompts/prompts.yaml:17: casual names the missing fragment styles/gone.md',
      'prompts/prompts.yaml:23: title lacks the variable {input}: none of its fragments has it',
    ])
  })

  it('where the alias leads, for each prompt that uses it', () => {
    const yaml = YAML.replace('core: [identity, persona]', 'core: &core [identity, ../x]').replace(
      'styles: [casual]',
      'styles: [casual]\n  core: *core',
    )
    expect(faultsOf(yaml)).toEqual([
      'prompts/prompts.yaml:7: stoic.core.1 is "../x": wants a name, not a path',
      'prompts/prompts.yaml:7: casual.core.1 is "../x": wants a name, not a path',
    ])
  })

  it('counts lines that end in CRLF', () => {
    expect(
      faultsOf(YAML.replace('  label: Stoic', '  lable: S\n  label: Stoic').replaceAll('\n', '\r\n')),
    ).toEqual(['prompts/prompts.yaml:4: stoic.lable is an unknown key'])
  })
})

describe('variables', () => {
  it('unknown in a fragment', () => {
    expect(faultsOf(YAML, { 'base/title.md': 'Name:\n{input}\n{inptu}\n' })).toEqual([
      'prompts/base/title.md:3: {inptu} is an unknown variable: title is given {input}',
    ])
  })

  it('unknown in prompts.yaml', () => {
    expect(faultsOf(YAML.replace('variables: [input]', 'variables: [input, mood]'))).toEqual([
      'prompts/prompts.yaml:23: title has the unknown variable {mood}: it is given {input}',
    ])
  })

  it('missing in prompts.yaml', () => {
    expect(faultsOf(YAML.replace('[existing_summary, input]', '[input]'))).toEqual([
      'prompts/prompts.yaml:33: summarizer.variables lacks existing_summary: it is given {existing_summary} and {input}',
    ])
  })

  it('missing in every fragment', () => {
    expect(faultsOf(YAML, { 'base/summarizer.md': 'New: {input}' })).toEqual([
      'prompts/prompts.yaml:32: summarizer lacks the variable {existing_summary}: none of its fragments has it',
    ])
  })

  it('are plain text for a persona, with a warning', () => {
    const library = parseLibrary(
      libraryFiles(YAML, { 'core/identity.md': 'Dear {name},\n{ "a": {} } $\\frac{a}{b}$' }),
    )
    expect(library.warnings).toEqual([
      'prompts/core/identity.md:1: {name} is sent as it stands: a persona has no variables',
    ])
    expect(library.composePersona('stoic', null).text).toContain('Dear {name},\n{ "a": {} } $\\frac{a}{b}$')
  })
})

it('warns of a fragment that nothing uses', () => {
  expect(
    parseLibrary(libraryFiles(YAML, { 'styles/forgotten.md': 'x', 'intensity/extreme.md': 'x' })).warnings,
  ).toEqual([
    'prompts/intensity/extreme.md:1: no prompt uses this fragment',
    'prompts/styles/forgotten.md:1: no prompt uses this fragment',
  ])
})

describe('YAML that is no library', () => {
  it.each([
    ['nothing', '', ['prompts/prompts.yaml:1: the library is empty: wants prompts by name']],
    ['a comment', '# later\n', ['prompts/prompts.yaml:1: the library is empty: wants prompts by name']],
    ['a text', 'hello', ['prompts/prompts.yaml:1: the library is empty: wants prompts by name']],
    ['a list', '- stoic\n', ['prompts/prompts.yaml:1: the library is empty: wants prompts by name']],
    [
      'a default alone',
      'default: stoic\n',
      ['prompts/prompts.yaml:1: the library is empty: wants prompts by name'],
    ],
    [
      'an open bracket',
      'stoic:\n  core: [identity\ncasual: {}\n',
      [expect.stringMatching(/^prompts\/prompts\.yaml:3: Flow sequence/)],
    ],
    [
      'two documents',
      'a: 1\n---\nb: 2\n',
      [expect.stringMatching(/^prompts\/prompts\.yaml:2: .*multiple documents/)],
    ],
    [
      'an alias of nothing',
      'a:\n  b: *gone\n',
      [expect.stringMatching(/^prompts\/prompts\.yaml:2: Unresolved alias .*gone/)],
    ],
  ])('%s', (_name, yaml, faults) => {
    expect(faultsOf(yaml)).toEqual(faults)
  })

  it('refuses tags, and makes nothing of them', () => {
    expect(faultsOf(YAML.replace('label: Stoic', 'label: !!js/function "() => 1"'))).toEqual([
      expect.stringMatching(/^prompts\/prompts\.yaml:4: Unresolved tag/),
    ])
  })

  it('refuses an alias bomb without expanding it', () => {
    const levels = 'abcdefghi'.split('').map((name, index, names) => {
      const previous = names[index - 1]
      return `${name}: &${name} [${Array(9)
        .fill(previous ? `*${previous}` : 'boom')
        .join(', ')}]`
    })
    const start = performance.now()
    expect(faultsOf(levels.join('\n'))).toEqual([
      'prompts/prompts.yaml:2: Excessive alias count indicates a resource exhaustion attack',
    ])
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('refuses a document nested beyond reason', () => {
    expect(faultsOf('['.repeat(20_000)).length).toBeGreaterThan(0)
    expect(faultsOf('['.repeat(20_000)).length).toBeLessThan(5)
  })

  it('refuses a value that contains itself', () => {
    expect(faultsOf(YAML.replace('core: [identity, persona]', 'core: &core [*core]'))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^prompts\/prompts\.yaml:7: /)]),
    )
  })

  it('is not fooled by keys that JavaScript knows', () => {
    expect(faultsOf(`${YAML}__proto__:\n  label: P\n`)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^prompts\/prompts\.yaml:34: the name "__proto__"/)]),
    )
    expect(faultsOf(`${YAML}constructor:\n  label: P\n`)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^prompts\/prompts\.yaml:34: constructor\.base is missing/),
      ]),
    )
  })
})
