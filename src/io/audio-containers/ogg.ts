/**
 * Probes Ogg: pages of numbered streams, the last of which states the stream's length (RFC 3533, 7845; Vorbis I,
 * 4.2.2).
 */
import { type AudioContainer, hasText, uintBE, uintLE } from './audio-container.ts'

type Stream = { readonly sampleRateHz: number; readonly skippedSamples: number }

/** Returns undefined if the file does not begin with a page. */
export function probeOgg(bytes: Uint8Array): AudioContainer | undefined {
  if (!hasText(bytes, 0, 'OggS')) return undefined
  let audio: Stream | undefined
  let serial: number | undefined
  let lastSample = 0
  let offset = 0
  while (hasText(bytes, offset, 'OggS')) {
    const segments = uintLE(bytes, offset + 26, 1)
    const body = offset + 27 + segments
    const pageSerial = uintLE(bytes, offset + 14, 4)
    const begins = (uintLE(bytes, offset + 5, 1) & 2) !== 0
    const found = begins && !audio ? streamAt(bytes, body) : undefined
    if (found) [audio, serial] = [found, pageSerial]
    const position = uintLE(bytes, offset + 6, 6)
    const ended = uintLE(bytes, offset + 12, 2) === 0xffff
    // A position of all ones means that no packet ends on this page.
    if (pageSerial === serial && !ended) lastSample = Math.max(lastSample, position)
    offset = body
    for (let i = 0; i < segments; i++) offset += uintLE(bytes, body - segments + i, 1)
  }
  return {
    format: 'ogg',
    hasAudio: audio !== undefined,
    sampleRateHz: audio?.sampleRateHz,
    seconds:
      audio && lastSample > audio.skippedSamples
        ? (lastSample - audio.skippedSamples) / audio.sampleRateHz
        : undefined,
    cutShort: offset > bytes.length,
  }
}

/** The audio stream whose first packet is at `offset`. */
function streamAt(bytes: Uint8Array, offset: number): Stream | undefined {
  // Opus always counts and decodes at 48 kHz, whatever its input rate.
  if (hasText(bytes, offset, 'OpusHead'))
    return { sampleRateHz: 48000, skippedSamples: uintLE(bytes, offset + 10, 2) }
  const sampleRateHz = hasText(bytes, offset, '\x01vorbis')
    ? uintLE(bytes, offset + 12, 4)
    : hasText(bytes, offset, '\x7fFLAC')
      ? uintBE(bytes, offset + 27, 3) >> 4
      : 0
  return sampleRateHz ? { sampleRateHz, skippedSamples: 0 } : undefined
}
