import { parseArgs } from 'node:util'
import { startScriptedProvider } from './scripted-provider.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } })
const provider = await startScriptedProvider({ port: Number(values.port) })
process.stdout.write(`OPENAI_BASE_URL=${provider.url}\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void provider.stop())
}
