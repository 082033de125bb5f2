/** Reads FLAC's rate and length from its first block (RFC 9639, 8.2). */
import { type AudioContainer, hasText, uintBE } from './audio-container.ts'

/** Probes a FLAC stream at `offset`; undefined if there is none. */
export function probeFlac(bytes: Uint8Array, offset: number): AudioContainer | undefined {
  if (!hasText(bytes, offset, 'fLaC')) return undefined
  // Marker, block header, then block and frame sizes; 20 bits of rate, 3 of channels, 5 of depth, 36 of length.
  const sampleRateHz = uintBE(bytes, offset + 18, 3) >> 4
  const samples = (uintBE(bytes, offset + 21, 1) % 16) * 2 ** 32 + uintBE(bytes, offset + 22, 4)
  return {
    format: 'flac',
    hasAudio: true,
    sampleRateHz: sampleRateHz || undefined,
    seconds: samples && sampleRateHz ? samples / sampleRateHz : undefined,
    cutShort: bytes.length < offset + 42,
  }
}
