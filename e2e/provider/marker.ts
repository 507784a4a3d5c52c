/** A scenario (or a title behaviour) that a message asks for, as `[scenario:slow tokens=50 delay=40]`. */
export interface Marker {
  name: string
  parameters: Parameters
}

const MARKERS = /\[(scenario|title|summary|continue):([a-z-]+)((?:\s+[a-z-]+=[^\s\]]+)*)\s*\]/g

/** The named values of a marker. A value that is not what it should be is a fault of the test: it throws. */
export class Parameters {
  readonly #values: ReadonlyMap<string, string>

  constructor(source = '') {
    this.#values = new Map(
      source
        .split(/\s+/)
        .filter(Boolean)
        .map((pair) => {
          const equals = pair.indexOf('=')
          return [pair.slice(0, equals), pair.slice(equals + 1)]
        }),
    )
  }

  text(name: string, fallback: string): string {
    return this.#values.get(name) ?? fallback
  }

  number(name: string, fallback: number): number {
    return this.optionalNumber(name) ?? fallback
  }

  optionalNumber(name: string): number | undefined {
    const value = this.#values.get(name)
    if (value === undefined) return undefined
    const number = Number(value)
    if (!Number.isFinite(number) || number < 0) throw new Error(`${name}=${value} is not a number`)
    return number
  }
}

/** The last marker of a kind in a text. */
export function findMarker(
  kind: 'scenario' | 'title' | 'summary' | 'continue',
  text: string,
): Marker | undefined {
  const match = [...text.matchAll(MARKERS)].findLast(([, found]) => found === kind)
  return match && { name: match[2] ?? '', parameters: new Parameters(match[3]) }
}

/** `slow tokens=50` as it stands in a marker or comes over the control API. */
export function parseMarker(source: string): Marker {
  const [name = '', ...rest] = source.trim().split(/\s+/)
  return { name, parameters: new Parameters(rest.join(' ')) }
}

export function withoutMarkers(text: string): string {
  return text.replaceAll(MARKERS, '').replaceAll(/\s+/g, ' ').trim()
}
