import path from 'node:path'
import type { NextConfig } from 'next'

const project = path.resolve(import.meta.dirname, '../..')

const nextConfig: NextConfig = {
  output: 'standalone',
  // It has no node_modules of its own: it runs on the very versions that Stoa does.
  outputFileTracingRoot: project,
  turbopack: { root: project },
}

export default nextConfig
