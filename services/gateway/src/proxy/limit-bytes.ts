import { Transform, type Readable } from 'node:stream'
import { BodyTooLarge } from '@siku/service-kit'

/** Passes a body on as it comes, and breaks it off where it grows beyond the limit, whatever its Content-Length said. */
export function limitBytes(body: Readable, max: number): Readable {
  let seen = 0
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length
      if (seen > max) done(BodyTooLarge())
      else done(null, chunk)
    }
  })
  body.on('error', (error) => limited.destroy(error))
  body.on('aborted', () => limited.destroy(new Error('the caller went away')))
  return body.pipe(limited)
}
