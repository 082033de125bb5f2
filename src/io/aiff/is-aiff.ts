import { fourCharacters } from '../pcm/chunks.ts'

/** Whether these first bytes are those of an AIFF or AIFC file. */
export function isAiff(bytes: Uint8Array): boolean {
  return fourCharacters(bytes, 0) === 'FORM' && /^AIF[FC]$/.test(fourCharacters(bytes, 8))
}
