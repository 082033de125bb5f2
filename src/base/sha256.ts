/** SHA-256 of files, as configurations and checkpoints name it. */
import { ProblemError } from './problem.ts'

/** Lower-case hexadecimal, 64 digits. Rejects with `insecure-page` where the browser offers no such thing. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (!globalThis.crypto?.subtle) {
    throw new ProblemError({
      code: 'insecure-page',
      message: 'This address is not secure, so the browser offers no way to check the weights of a model.',
      accepted: 'https, or http on localhost',
      remedy: 'Open the page by https or on localhost.',
    })
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
