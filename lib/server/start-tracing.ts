import { registerOTel } from '@vercel/otel'
import { loggedPath } from './logged-path.ts'

/** Where Next puts addresses as they were asked for, with all that stands behind their question marks. */
const ADDRESSES = ['http.target', 'http.url', 'url.full', 'url.path']

/**
 * Sends traces to where OTEL_EXPORTER_OTLP_ENDPOINT says: Next's own spans of requests, and ours of turns. Loaded only when
 * it is set. Calls of providers get spans from us (trace-turn.ts), not from `fetch`: theirs would hold addresses.
 */
export function startTracing(): void {
  registerOTel({
    serviceName: 'stoa',
    instrumentations: [],
    spanProcessors: [
      {
        onStart(span) {
          for (const name of ADDRESSES) {
            const address = span.attributes[name]
            if (typeof address === 'string') span.setAttribute(name, loggedPath(address))
          }
          if (span.attributes['url.query'] !== undefined) span.setAttribute('url.query', '…')
        },
        onEnd() {},
        async forceFlush() {},
        async shutdown() {},
      },
      'auto',
    ],
  })
}
