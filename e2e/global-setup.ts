import { announceStack } from './support/stack.ts'
import { startStack } from './support/start-stack.ts'

export default async function globalSetup(): Promise<() => Promise<void>> {
  const stack = await startStack()
  announceStack({ origin: stack.origin, providerOrigin: stack.provider.origin })
  return () => stack.stop()
}
