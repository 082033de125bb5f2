/**
 * Probes MP4 and M4A, which are nested boxes: `moov` lists the tracks with their type, rate and length (ISO 14496-12).
 */
import { type AudioContainer, hasText, uintBE } from './audio-container.ts'

type Box = { readonly name: string; readonly start: number; readonly end: number }

/** Yields the contents of the boxes between `start` and `end`. The `end` of a box may exceed that of the file. */
function* boxes(bytes: Uint8Array, start: number, end: number): Generator<Box> {
  let offset = start
  while (offset + 8 <= end) {
    const size32 = uintBE(bytes, offset, 4)
    const headerBytes = size32 === 1 ? 16 : 8
    const size = size32 === 1 ? uintBE(bytes, offset + 10, 6) : size32 || end - offset
    if (size < headerBytes) return
    const name = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8))
    yield { name, start: offset + headerBytes, end: offset + size }
    offset += size
  }
}

/** The first box along `path`. */
function boxAt(bytes: Uint8Array, parent: Box, ...path: string[]): Box | undefined {
  let box: Box | undefined = parent
  for (const name of path) {
    box =
      box && [...boxes(bytes, box.start, Math.min(box.end, bytes.length))].find((one) => one.name === name)
  }
  return box
}

/** Returns undefined if the file does not begin with an `ftyp` box. */
export function probeMp4(bytes: Uint8Array): AudioContainer | undefined {
  if (!hasText(bytes, 4, 'ftyp')) return undefined
  const top = [...boxes(bytes, 0, bytes.length)]
  const cutShort = top.length > 0 && top[top.length - 1].end > bytes.length
  const moov = top.find(({ name }) => name === 'moov')
  if (!moov) return { format: 'm4a', hasAudio: true, cutShort }
  const tracks = [...boxes(bytes, moov.start, Math.min(moov.end, bytes.length))].filter(
    ({ name }) => name === 'trak',
  )
  for (const track of tracks) {
    const handler = boxAt(bytes, track, 'mdia', 'hdlr')
    if (handler && hasText(bytes, handler.start + 8, 'soun'))
      return { format: 'm4a', hasAudio: true, cutShort, ...audioTrack(bytes, track) }
  }
  return { format: 'm4a', hasAudio: cutShort, cutShort }
}

function audioTrack(bytes: Uint8Array, track: Box): Pick<AudioContainer, 'sampleRateHz' | 'seconds'> {
  const header = boxAt(bytes, track, 'mdia', 'mdhd')
  const samples = boxAt(bytes, track, 'mdia', 'minf', 'stbl', 'stsd')
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
