const accents = /[\u0300-\u036f]/g

/**
 * A text as search compares it: in small letters without accents, wide and compatible forms as the usual ones. The
 * database's `search_fold` (prisma/migrations/*_search) does the same; a test holds them to it.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(accents, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(accents, '')
    .replaceAll('ς', 'σ')
}
