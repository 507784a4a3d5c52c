import { documentationPage, documentationPolicy } from '#lib/server/documentation.ts'

/** The documentation of the API, in which calls can be tried. */
export function GET(): Response {
  return new Response(documentationPage, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': documentationPolicy },
  })
}
