import { type Intensity, intensities } from './types.ts'

/** What Next gives a page of its address. */
type SearchParams = Record<string, string | string[] | undefined>

/** One value of an address; of several the first. */
export function addressValue(params: SearchParams, name: string): string | null {
  const value = params[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}

/** An intensity of an address; NULL (the persona's own) when it names none that there is. */
export function addressIntensity(params: SearchParams, name: string): Intensity | null {
  const value = addressValue(params, name)
  return intensities.find((intensity) => intensity === value) ?? null
}

/** The address of a persona's page. */
export function personaPath(
  id: string,
  view: { intensity?: Intensity; view?: string; against?: string } = {},
): string {
  return withQuery(`/personas/${encodeURIComponent(id)}`, view)
}

/** Two personas, each at an intensity (NULL: its own). */
export interface PersonaPair {
  a: string
  b: string
  ia: Intensity | null
  ib: Intensity | null
}

/** The address of a page about two personas. */
export function pairPath(page: 'compare' | 'try', { a, b, ia, ib }: PersonaPair): string {
  return withQuery(`/personas/${page}`, { a, b, ...(ia && { ia }), ...(ib && { ib }) })
}

/** The two personas of an address: what it does not name is the default one, and another one. */
export function addressPair(
  params: SearchParams,
  { personas, defaultPersona }: { personas: { id: string }[]; defaultPersona: string },
): PersonaPair {
  const a = addressValue(params, 'a') ?? defaultPersona
  const other = personas.find(({ id }) => id !== a)?.id ?? a
  const ia = addressIntensity(params, 'ia')
  return { a, b: addressValue(params, 'b') ?? other, ia, ib: addressIntensity(params, 'ib') }
}

function withQuery(path: string, values: Record<string, string | undefined>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value)
  return query.size > 0 ? `${path}?${query}` : path
}
