import { inProject } from '#scripts/launch/project.ts'
import { type StartedProcess, startProcess } from './start-process.ts'

/** The scripted provider as a process of its own. */
export interface ProviderProcess extends StartedProcess {
  /** What OPENAI_BASE_URL wants. */
  url: string
}

export async function startProvider(): Promise<ProviderProcess> {
  const process = await startProcess({
    file: inProject('e2e/provider/main.ts'),
    ready: /OPENAI_BASE_URL=(.+)\n/,
  })
  const url = process.announced[1]
  if (!url) throw new Error('the provider did not say where it is')
  return { ...process, url }
}
