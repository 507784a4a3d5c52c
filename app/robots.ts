import type { MetadataRoute } from 'next'

/** All that is here is private, or shared with whoever was given its address. */
export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', disallow: '/' } }
}
