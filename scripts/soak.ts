import { parseArgs } from 'node:util'
import { runSoak } from '../e2e/soak/run-soak.ts'
import { buildIfChanged } from './launch/build.ts'

/** `npm run soak -- --minutes 10 --people 8 --seed 1`: exits with 1 when a promise was broken. */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    people: { type: 'string', default: '8' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const seconds = Number(values.minutes) * 60
const people = Number(values.people)
const seed = Number(values.seed)
if (!(seconds > 0 && people > 0 && Number.isInteger(seed))) {
  console.error('Wants numbers: npm run soak -- --minutes 10 --people 8 --seed 1')
  process.exit(2)
}

await buildIfChanged(new AbortController().signal, () => console.log('Building…'))
console.log(`${people} people for ${seconds} s, seed ${seed}`)
const { figures, broken } = await runSoak({ seconds, people, seed, onProgress: (line) => console.log(line) })
console.table(Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, { value }])))
for (const promise of broken) console.error(`broken: ${promise}`)
console.log(broken.length === 0 ? 'Every promise held.' : `${broken.length} broken promises.`)
process.exit(broken.length === 0 ? 0 : 1)
