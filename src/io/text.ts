/** Decodes text that other programs wrote: UTF-8, or UTF-16 as PowerShell and Excel write it. */
import type { Refuse } from './refusal.ts'

/** The byte order mark decides; without one, zeros betray ASCII in UTF-16. */
export function textEncoding(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const start = bytes.subarray(0, 64)
  if (start.length < 4) return 'utf-8'
  const areZero = (odd: 0 | 1) => start.every((byte, at) => (at % 2 === odd) === (byte === 0))
  return areZero(1) ? 'utf-16le' : areZero(0) ? 'utf-16be' : 'utf-8'
}

/** Decodes without ever failing: bytes that are no text become U+FFFD. It removes the byte order mark. */
export const decodeLoosely = (bytes: Uint8Array): string => new TextDecoder(textEncoding(bytes)).decode(bytes)

/** Decodes with or without a byte order mark. Refuses with `text-encoding`. */
export function decodeText(bytes: Uint8Array, refuse: Refuse): string {
  try {
    return new TextDecoder(textEncoding(bytes), { fatal: true }).decode(bytes)
  } catch (error) {
    return refuse(
      'text-encoding',
      'is not text in UTF-8 or UTF-16',
      { accepted: 'text in UTF-8', remedy: 'Save it again with the encoding UTF-8.' },
      error,
    )
  }
}
