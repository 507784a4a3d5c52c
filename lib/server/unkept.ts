/** An answer that nobody on the way may keep, since it is a person's own; unless its route says otherwise. */
export async function unkept(answer: Promise<Response>): Promise<Response> {
  const response = await answer
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
  return response
}
