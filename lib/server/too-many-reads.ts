import { AppError } from '#lib/errors.ts'

/** What is answered in the place of a shared copy to who asks for too many: a page to a browser, JSON to a program. */
export function tooManyReads(request: Headers, retryAfterSeconds: number): Response {
  const seconds = retryAfterSeconds === 1 ? '1 second' : `${retryAfterSeconds} seconds`
  const message = `Shared conversations were asked for very often from where you are. Try again in ${seconds}.`
  const headers = { 'retry-after': String(retryAfterSeconds), 'cache-control': 'no-store' }
  if (!request.get('accept')?.includes('text/html')) {
    const error = new AppError('too_many_attempts', message, { retryAfterSeconds }).toBody()
    return Response.json({ error }, { status: 429, headers })
  }
  return new Response(page(message), {
    status: 429,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
  })
}

/** Without a file of ours: it is to cost nothing. */
function page(message: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <meta name="color-scheme" content="light dark">
    <title>A moment, please</title>
  </head>
  <body style="max-width: 32rem; margin: 30vh auto 0; padding: 0 1.5rem; font: 1rem/1.6 system-ui, sans-serif; text-align: center">
    <main>
      <h1 style="font-size: 1.25rem">A moment, please</h1>
      <p>${message}</p>
    </main>
  </body>
</html>
`
}
