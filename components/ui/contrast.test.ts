import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** Each colour of the tokens in app/globals.css, as it is in the light and in the dark theme. */
const tokens = readTokens(readFileSync('app/globals.css', 'utf8'))
const grounds = ['background', 'surface', 'raised'] as const

/**
 * What stands on what, and the ratio that it needs: WCAG 2.2, 1.4.6 for what is read (7), 1.4.3 for the rest of the text
 * (4.5), 1.4.11 for the edges of fields and the ring of the focus (3).
 */
const pairs: [text: string, ground: string, ratio: number][] = [
  ...grounds.flatMap((ground): [string, string, number][] => [
    ['foreground', ground, 7],
    ['muted', ground, 4.5],
    ['accent', ground, 4.5],
    ['danger', ground, 4.5],
    ['edge', ground, 3],
  ]),
  ['foreground', 'hover', 7],
  ['muted', 'hover', 4.5],
  ['foreground', 'accent-soft', 7],
  ['accent-strong', 'accent-soft', 4.5],
  ['muted', 'accent-soft', 4.5],
  ['foreground', 'danger-soft', 7],
  ['danger', 'danger-soft', 4.5],
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-strong', 4.5],
  ['on-danger', 'danger', 4.5],
]

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.each(pairs)('%s on %s has %d:1 or more', (text, ground, ratio) => {
    const ratioFound = contrast(tokenOf(text)[theme], tokenOf(ground)[theme])
    expect(ratioFound).toBeGreaterThanOrEqual(ratio)
  })
})

describe('contrast', () => {
  it('is 21 between black and white', () => {
    expect(contrast([0, 0, 0], [1, 0, 0])).toBeCloseTo(21, 1)
  })

  // Chromium 156 draws it as #af2b25, which has 6.57:1 on white.
  it('is that of the colour which a browser draws', () => {
    expect(contrast([0.5, 0.17, 28], [1, 0, 0])).toBeCloseTo(6.57, 1)
  })
})

/** Lightness (0 to 1), chroma, hue in degrees. */
type Oklch = [lightness: number, chroma: number, hue: number]

function readTokens(css: string): Map<string, { light: Oklch; dark: Oklch }> {
  const colour = String.raw`oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`
  const token = new RegExp(`--color-([a-z-]+): light-dark\\(${colour}, ${colour}\\);`, 'g')
  return new Map(
    Array.from(css.matchAll(token), ([, name = '', ...parts]) => {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = parts.map(Number)
      return [name, { light: [a, b, c] as Oklch, dark: [d, e, f] as Oklch }]
    }),
  )
}

function tokenOf(name: string) {
  const token = tokens.get(name)
  if (!token) throw new Error(`There is no --color-${name} in app/globals.css.`)
  return token
}

function contrast(a: Oklch, b: Oklch): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (lighter + 0.05) / (darker + 0.05)
}

/** WCAG's relative luminance, by way of Björn Ottosson's definition of Oklab: https://bottosson.github.io/posts/oklab/ */
function luminance([lightness, chroma, hue]: Oklch): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
  return 0.2126 * inGamut(red) + 0.7152 * inGamut(green) + 0.0722 * inGamut(blue)
}

function inGamut(channel: number): number {
  return Math.min(1, Math.max(0, channel))
}
