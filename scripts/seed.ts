import { openToRead } from './backup/open-target.ts'
import { explainError } from './launch/explain-error.ts'
import { readEnvironment } from './launch/read-environment.ts'
import { readSeedOptions } from './seed/read-seed-options.ts'
import { seedAccount } from './seed/seed-account.ts'

/** `npm run seed -- --email ADDRESS --conversations 10000 --messages 200000`: a library to measure with; Stoa may run meanwhile. */
async function seed(): Promise<void> {
  const options = readSeedOptions()
  const target = await openToRead(readEnvironment().env)
  try {
    const begun = performance.now()
    const { conversations, messages } = await seedAccount(target.url, options)
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    console.log(
      `${conversations} conversations with ${messages} messages for ${options.email} in ${target.place}, in ${seconds} s.`,
    )
  } finally {
    await target.close()
  }
}

await seed().catch((error: unknown) => {
  console.error(explainError(error))
  process.exitCode = 1
})
