/**
 * Probes MP4 and M4A, which are nested boxes: `moov` lists the tracks with their type, rate and length (ISO 14496-12).
 */
import { type AudioContainer, hasText, uintBE } from './audio-container.ts'

type Box = {
  readonly name: string
  readonly start: number
  /** May exceed the end of the file. */
  readonly end: number
}

/** A sound file has a few boxes for each fragment of seconds; a file with more was made to keep its reader busy. */
const maxBoxes = 20_000

/** Walks the boxes of one file, and stops for good after `maxBoxes` in all. */
class BoxWalk {
  readonly #bytes: Uint8Array
  #boxes = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isOver(): boolean {
    return this.#boxes >= maxBoxes
  }

  /** Yields the boxes between `start` and `end`. */
  *boxes(start: number, end: number): Generator<Box> {
    const bytes = this.#bytes
    const last = Math.min(end, bytes.length)
    let offset = start
    while (offset + 8 <= last && !this.isOver) {
      this.#boxes++
      const size32 = uintBE(bytes, offset, 4)
      const headerBytes = size32 === 1 ? 16 : 8
      const size = size32 === 1 ? uintBE(bytes, offset + 10, 6) : size32 || last - offset
      if (size < headerBytes) return
      const name = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8))
      yield { name, start: offset + headerBytes, end: offset + size }
      offset += size
    }
  }

  /** The first box along `path`. */
  find(parent: Box, ...path: string[]): Box | undefined {
    let box: Box | undefined = parent
    for (const name of path) box = box && this.#child(box, name)
    return box
  }

  #child(parent: Box, name: string): Box | undefined {
    for (const box of this.boxes(parent.start, parent.end)) if (box.name === name) return box
    return undefined
  }
}

/** Returns undefined if the file does not begin with an `ftyp` box. */
export function probeMp4(bytes: Uint8Array): AudioContainer | undefined {
  if (!hasText(bytes, 4, 'ftyp')) return undefined
  const walk = new BoxWalk(bytes)
  let moov: Box | undefined
  let last: Box | undefined
  for (const box of walk.boxes(0, bytes.length)) {
    if (box.name === 'moov') moov ??= box
    last = box
  }
  const cutShort = last !== undefined && last.end > bytes.length
  if (!moov) return { format: 'm4a', hasAudio: true, cutShort }
  for (const track of walk.boxes(moov.start, moov.end)) {
    if (track.name !== 'trak') continue
    const handler = walk.find(track, 'mdia', 'hdlr')
    if (handler && hasText(bytes, handler.start + 8, 'soun'))
      return { format: 'm4a', hasAudio: true, cutShort, ...audioTrack(bytes, walk, track) }
  }
  // The browser decides about a file that was not read to its end.
  return { format: 'm4a', hasAudio: cutShort || walk.isOver, cutShort }
}

function audioTrack(
  bytes: Uint8Array,
  walk: BoxWalk,
  track: Box,
): Pick<AudioContainer, 'sampleRateHz' | 'seconds'> {
  const header = walk.find(track, 'mdia', 'mdhd')
  const samples = walk.find(track, 'mdia', 'minf', 'stbl', 'stsd')
  if (!header) return {}
  const long = uintBE(bytes, header.start, 1) === 1
  const timescale = uintBE(bytes, header.start + (long ? 20 : 12), 4)
  const duration = long ? uintBE(bytes, header.start + 26, 6) : uintBE(bytes, header.start + 16, 4)
  // The first entry follows version, flags and entry count; in it, 8 + 24 bytes precede a rate in 16.16 fixed point.
  const rate = samples ? uintBE(bytes, samples.start + 40, 2) : 0
  return {
    sampleRateHz: rate || undefined,
    seconds: timescale && duration ? duration / timescale : undefined,
  }
}
