import { inProject } from '#scripts/launch/project.ts'
import { type Contender, messageFor } from './contender.ts'
import { startProcess } from './start-process.ts'

/** (a) The bare proxy; its clients speak the provider's protocol. */
export async function startProxy(providerUrl: string): Promise<Contender> {
  const { pid, announced, stop } = await startProcess({
    file: inProject('bench/servers/proxy.ts'),
    args: ['--target', providerUrl],
    ready: /LISTENING=(.+)\n/,
  })
  return {
    name: 'proxy',
    pid,
    database: null,
    request: (shape) => ({
      url: `${announced[1]}/v1/chat/completions`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'scripted-main',
        stream: true,
        stream_options: { include_usage: true },
        messages: [{ role: 'user', content: messageFor(shape) }],
      }),
    }),
    stop,
  }
}
