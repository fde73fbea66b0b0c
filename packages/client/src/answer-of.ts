/** What a route answered, and the revision it answered for. */
export type Answer<T> = { value: T; etag: string | null }

type Success<R> = R extends { data: infer T; error?: never } ? T : never

/** Takes the value and its ETag out of a call: `const { value, etag } = await answerOf(siku.GET(…))`. */
export async function answerOf<R extends { data?: unknown; response: Response }>(call: Promise<R>): Promise<Answer<Success<R>>> {
  const { data, response } = await call
  return { value: data as Success<R>, etag: response.headers.get('etag') }
}

/** The header that lets a change through only if nobody changed the record since: `headers: ifMatch(etag)`. */
export function ifMatch(etag: string | null): { 'if-match': string } {
  if (etag === null) throw new TypeError('The answer carried no ETag; read the record first and pass the etag of that answer')
  return { 'if-match': etag }
}
