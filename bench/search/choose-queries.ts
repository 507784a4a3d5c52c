import { db } from '#lib/db/client.ts'

export interface ChosenQuery {
  kind: string
  query: string
}

/** Queries of every kind, made of what the person's messages hold. */
export async function chooseQueries(userId: string): Promise<ChosenQuery[]> {
  // A sample, since all would have to be held at once.
  const words = await db().$queryRaw<{ word: string; count: number }[]>`
    SELECT word, ndoc AS count FROM ts_stat(format('SELECT words FROM search_entry WHERE "userId" = %L AND kind = ''message'' LIMIT 20000', ${userId}::text))
    ORDER BY ndoc DESC, word`
  const latin = words.filter(({ word }) => /^[a-z]{6,14}$/.test(word))
  const pairs = words.filter(({ word }) => /^\p{Script=Han}{2}$/u.test(word))
  const at = (list: typeof words, share: number) =>
    list[Math.floor((list.length - 1) * share)]?.word ?? 'none'
  const middle = at(latin, 0.3)
  const anyWord = words.find(({ word }) => /^[a-z]{2,5}$/.test(word))?.word ?? 'the'
  return [
    { kind: 'the most frequent word', query: anyWord },
    { kind: 'a frequent word', query: at(latin, 0) },
    { kind: 'a word in between', query: middle },
    { kind: 'a rare word', query: at(latin, 1) },
    { kind: 'two words', query: `${at(latin, 0)} ${at(latin, 0.1)}` },
    { kind: 'how a word begins', query: at(latin, 0.05).slice(0, 4) },
    { kind: 'one letter', query: anyWord.slice(0, 1) },
    { kind: 'a mistyped word', query: swapLetters(at(latin, 0.02)) },
    { kind: 'Chinese, frequent', query: at(pairs, 0) },
    { kind: 'Chinese, one character', query: [...at(pairs, 0.5)][0] ?? '' },
    { kind: 'nothing of it', query: 'zzqxwv jjkkqq' },
    { kind: 'filters alone', query: '' },
  ]
}

function swapLetters(word: string): string {
  const place = Math.floor(word.length / 2)
  return `${word.slice(0, place)}${word[place + 1]}${word[place]}${word.slice(place + 2)}`
}
