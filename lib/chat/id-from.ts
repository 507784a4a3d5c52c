import { z } from 'zod'

/** The id that a query names; NULL when it names none. */
export function idFrom(value: string | string[] | undefined): string | null {
  return z.uuid().safeParse(value).data ?? null
}
