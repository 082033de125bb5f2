/** SHA-256 of files, in the form that configurations and checkpoints use. */
import { ProblemError } from './problem.ts'

/** Returns 64 lower-case hexadecimal digits. Rejects with `insecure-page` if the browser offers no Web Crypto. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (!globalThis.crypto?.subtle) {
    throw new ProblemError({
      code: 'insecure-page',
      message: 'This address is not secure, so the browser cannot check the weights of a model.',
      accepted: 'https, or http on localhost',
      remedy: 'Open the page over https or on localhost.',
    })
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
