/** Next calls this once when a server starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  // An empty value counts as not set; @ai-sdk/openai, which reads OPENAI_BASE_URL when it is loaded, throws at one.
  for (const [name, value] of Object.entries(process.env)) if (value === '') delete process.env[name]
  if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT) {
    const { startTracing } = await import('#lib/server/start-tracing.ts')
    startTracing()
  }
  const [{ boot }, { noteAddresses }, { mendPaths }, { logRequests }, { startTelegram }] = await Promise.all([
    import('#lib/server/boot.ts'),
    import('#lib/auth/note-addresses.ts'),
    import('#lib/server/decodable-paths.ts'),
    import('#lib/server/log-requests.ts'),
    import('#lib/telegram/start-telegram.ts'),
  ])
  await boot()
  noteAddresses()
  mendPaths()
  logRequests()
  startTelegram()
}
