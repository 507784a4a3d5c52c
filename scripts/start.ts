import { buildIfChanged, STANDALONE_DIR } from './launch/build.ts'
import { type Launch, launch } from './launch/launch.ts'
import { startServer } from './launch/server-process.ts'
import { aborted } from './launch/stop-signals.ts'

/** `npm start`: builds if need be, and runs the built server with all that it needs until Ctrl-C or SIGTERM. */
await launch({
  prepare: ({ stopping }) =>
    buildIfChanged(stopping, () => console.log('Building, since the sources changed: a minute or two …')),
  serve,
})

async function serve({ host, port, database, lock, signals, variables }: Launch): Promise<number> {
  const server = await startServer({
    folder: STANDALONE_DIR,
    host,
    port,
    env: variables,
    onSpawn: lock.noteServer,
    signal: signals.stopping,
  })
  signals.forcing.addEventListener('abort', server.kill)
  console.log(
    [
      `Stoa is ready at ${server.url}`,
      `  Data   ${database.place}`,
      `  Model  ${server.model}`,
      ...server.warnings.map((warning) => `  Note   ${warning}`),
      '  Ctrl-C stops it.',
    ].join('\n'),
  )
  const how = await Promise.race([server.ended, aborted(signals.stopping)])
  if (how) {
    console.error(`The server ended unexpectedly (${how}).`)
    return 1
  }
  console.log('Stopping: running answers have 8 s to end. Ctrl-C again does not wait for them.')
  await server.stop()
  return 0
}
