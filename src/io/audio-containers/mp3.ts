/**
 * Probes MP3: each frame states its own length, and a Xing or Info frame may state their number (ISO 11172-3, 2.4.2.3).
 */
import { type AudioContainer, hasText, uintBE } from './audio-container.ts'

const ratesHz = [44100, 48000, 32000]
/** Bit rates of layer III in kbit/s, by index: MPEG 1, then MPEG 2 and 2.5. */
const bitrates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
]

type Frame = {
  readonly sampleRateHz: number
  readonly samples: number
  readonly bytes: number
  /** Offset of a Xing header, if there is one, from the start of the frame. */
  readonly xingOffset: number
}

/** The layer III frame whose header is at `offset`. */
function frameAt(bytes: Uint8Array, offset: number): Frame | undefined {
  const header = uintBE(bytes, offset, 4)
  const version = (header >>> 19) & 3
  const bitrateIndex = (header >>> 12) & 15
  const rateIndex = (header >>> 10) & 3
  const layer3 = ((header >>> 17) & 3) === 1
  if (header >>> 21 !== 0x7ff || version === 1 || !layer3 || rateIndex === 3) return undefined
  if (bitrateIndex === 0 || bitrateIndex === 15) return undefined
  const mpeg1 = version === 3
  const sampleRateHz = ratesHz[rateIndex] / (mpeg1 ? 1 : version === 2 ? 2 : 4)
  const samples = mpeg1 ? 1152 : 576
  const bitsPerSecond = bitrates[mpeg1 ? 0 : 1][bitrateIndex] * 1000
  const padding = (header >>> 9) & 1
  const mono = ((header >>> 6) & 3) === 3
  const sideInfoBytes = mpeg1 ? (mono ? 17 : 32) : mono ? 9 : 17
  return {
    sampleRateHz,
    samples,
    bytes: Math.floor(((samples / 8) * bitsPerSecond) / sampleRateHz) + padding,
    xingOffset: 4 + sideInfoBytes,
  }
}

/** Length of the ID3v2 tag at the start of a file, which may precede other formats too; 0 if there is none. */
export function id3Bytes(bytes: Uint8Array): number {
  if (!hasText(bytes, 0, 'ID3')) return 0
  // Four groups of seven bits, so that no byte looks like a frame header.
  return [6, 7, 8, 9].reduce((size, offset) => size * 128 + (uintBE(bytes, offset, 1) % 128), 0) + 10
}

/** Probes the frames from `offset` on, after optional padding; undefined if there are none nearby. */
export function probeMp3(bytes: Uint8Array, offset: number): AudioContainer | undefined {
  let start = offset
  while (start < offset + 4096 && start < bytes.length && !beginsFrames(bytes, start)) start++
  const first = frameAt(bytes, start)
  if (!first) return undefined
  const xing = start + first.xingOffset
  const stated = hasText(bytes, xing, 'Xing') || hasText(bytes, xing, 'Info')
  const countStated = stated && (uintBE(bytes, xing + 7, 1) & 1) === 1
  const frames = countStated ? uintBE(bytes, xing + 8, 4) : countFrames(bytes, start)
  return {
    format: 'mp3',
    hasAudio: true,
    sampleRateHz: first.sampleRateHz,
    seconds: (frames * first.samples) / first.sampleRateHz,
    cutShort: false,
  }
}

/** Requires two consecutive frames, because the eleven sync bits of one header occur in any data. */
function beginsFrames(bytes: Uint8Array, offset: number): boolean {
  const frame = frameAt(bytes, offset)
  if (!frame) return false
  const next = offset + frame.bytes
  return next === bytes.length || frameAt(bytes, next) !== undefined
}

function countFrames(bytes: Uint8Array, start: number): number {
  let frames = 0
  let frame = frameAt(bytes, start)
  for (let offset = start; frame && offset + frame.bytes <= bytes.length; frame = frameAt(bytes, offset)) {
    offset += frame.bytes
    frames++
  }
  return frames
}
