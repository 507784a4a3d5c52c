/** Says that the server is up; whether everything behind it is too is another question. */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } })
}
