/**
 * Reads WAV, RF64 and BW64 files, because the browser's decoder resamples to the sound card's rate. Recorders, streams
 * and editors write headers that are wrong in known ways, so sizes are limited by the actual length of the file.
 * Formats: Microsoft's "Multimedia Programming Interface 1.0" and `WAVEFORMATEXTENSIBLE`; EBU Tech 3306 (RF64).
 */
import { fourCharacters, viewOf } from '../pcm/chunks.ts'
import { maxSampleRateHz, type PcmAudio, type PcmOptions, readPcm, refuseTooLong } from '../pcm/pcm-audio.ts'
import type { SampleFormat } from '../pcm/sample-format.ts'
import { convertWith, fetchAgain, type Refuse, refusalsOf } from '../refusal.ts'
import { isWav } from './is-wav.ts'

const exportAgain = 'Export it again as PCM WAV, for instance with: sox in.wav -e signed -b 16 out.wav'

/** Some writers count a few bytes of the header as data. */
const minMissingSeconds = 0.01

/** `file` is the name for messages. Refuses with `wav-*` problems, and with those of `readPcm`. */
export function decodeWav(bytes: Uint8Array<ArrayBuffer>, file: string, options: PcmOptions = {}): PcmAudio {
  const refuse = refusalsOf(file)
  if (!isWav(bytes)) {
    refuse('wav-not-wav', bytes.length === 0 ? 'is empty: not a WAV file' : 'is not a WAV file', {
      accepted: 'RIFF WAVE, RF64 or BW64',
      remedy: bytes.length === 0 ? fetchAgain : exportAgain,
    })
  }
  const { format, data } = findChunks(bytes, bytes.length)
  if (!format) return refuse('wav-no-fmt', 'has no fmt chunk', { accepted: chunks, remedy: exportAgain })
  if (!data) return refuse('wav-no-data', 'has no data chunk', { accepted: chunks, remedy: fetchAgain })
  const sampleFormat = readFormat(format, refuse, file)
  const audio = readPcm(bytes.subarray(data.start, data.end), sampleFormat, options, refuse)
  const missingSeconds = data.missingBytes / sampleFormat.frameBytes / sampleFormat.sampleRateHz
  return missingSeconds < minMissingSeconds ? audio : { ...audio, missingSeconds }
}

/**
 * Refuses a file of `fileBytes` that is too long by its first bytes, before the rest is read. Does nothing if they do
 * not tell its length.
 */
export function refuseLongWav(head: Uint8Array<ArrayBuffer>, fileBytes: number, file: string): void {
  const refuse = refusalsOf(file)
  const { format, data } = findChunks(head, fileBytes)
  if (format && data) refuseTooLong(data.end - data.start, readFormat(format, refuse, file), refuse)
}

const chunks = 'a fmt chunk and a data chunk'

/** The end of the data may lie beyond the bytes that were read, but not beyond the file. */
type Chunks = {
  readonly format?: DataView
  readonly data?: { readonly start: number; readonly end: number; readonly missingBytes: number }
}

function findChunks(bytes: Uint8Array<ArrayBuffer>, fileBytes: number): Chunks {
  const view = viewOf(bytes)
  let dataSize64: number | undefined
  let format: DataView | undefined
  let data: Chunks['data']
  for (let at = 12; at + 8 <= bytes.length && !(format && data); ) {
    const id = fourCharacters(bytes, at)
    const start = at + 8
    const stated = view.getUint32(at + 4, true)
    const size = id === 'data' ? dataBytes(stated, dataSize64, bytes, start, fileBytes) : stated
    const chunk = bytes.subarray(start, start + size)
    if (id === 'ds64' && chunk.length >= 16) dataSize64 = Number(viewOf(chunk).getBigUint64(8, true))
    if (id === 'fmt ') format ??= viewOf(chunk)
    const missingBytes = stated < minUnknownBytes ? Math.max(0, stated - size) : 0
    if (id === 'data') data ??= { start, end: start + size, missingBytes }
    at = nextChunk(bytes, start + size)
  }
  return { format, data }
}

/** Writers of streams state at least this, near the largest number of 31 or of 32 bits. */
const minUnknownBytes = 0x7f000000

/**
 * Writers of streams cannot know the size, and leave 0, all ones or a large round number: the data then extend to the
 * end of the file. A 0 that is followed by other chunks is a real 0.
 */
function dataBytes(
  size: number,
  size64: number | undefined,
  bytes: Uint8Array,
  start: number,
  fileBytes: number,
): number {
  const rest = fileBytes - start
  if (size === 0xffffffff && size64 !== undefined && size64 > 0) return Math.min(size64, rest)
  if (size === 0 && !isChunkId(bytes, start)) return rest
  return Math.min(size, rest)
}

/** Chunks begin at even offsets; some writers omit the padding byte after an odd one. */
function nextChunk(bytes: Uint8Array, end: number): number {
  if (end % 2 === 0) return end
  return isChunkId(bytes, end) && !isChunkId(bytes, end + 1) ? end : end + 1
}

function isChunkId(bytes: Uint8Array, at: number): boolean {
  return /^[A-Za-z][A-Za-z0-9_ ]{3}$/.test(fourCharacters(bytes, at))
}

const codecs: ReadonlyMap<number, string> = new Map([
  [0x02, 'Microsoft ADPCM'],
  [0x11, 'IMA ADPCM'],
  [0x31, 'GSM 6.10'],
  [0x50, 'MPEG'],
  [0x55, 'MP3'],
  [0xff, 'AAC'],
])
const pcm = 1
const float = 3
const aLaw = 6
const muLaw = 7
const extensible = 0xfffe

function readFormat(chunk: DataView, refuse: Refuse, file: string): SampleFormat {
  if (chunk.byteLength < 16) {
    refuse('wav-fmt', 'has a fmt chunk that is too short', {
      found: `${chunk.byteLength} bytes`,
      accepted: 'at least 16 bytes',
      remedy: exportAgain,
    })
  }
  // The sub-format of an extensible file begins with the codec number of a plain file.
  const tag = chunk.getUint16(0, true)
  const codec = tag === extensible && chunk.byteLength >= 26 ? chunk.getUint16(24, true) : tag
  if (![pcm, float, aLaw, muLaw].includes(codec)) {
    refuse('wav-codec', 'is compressed in a way that cannot be read here', {
      found: `codec ${codec}${codecs.has(codec) ? `, ${codecs.get(codec)}` : ''} (format field of fmt)`,
      accepted: 'PCM (1), IEEE float (3), A-law (6) and mu-law (7)',
      remedy: convertWith(file),
    })
  }
  const channels = chunk.getUint16(2, true)
  if (channels === 0) {
    refuse('wav-channels', 'has 0 channels', {
      found: 'channels field of fmt: 0',
      accepted: 'at least 1',
      remedy: exportAgain,
    })
  }
  const sampleRateHz = chunk.getUint32(4, true)
  if (sampleRateHz === 0 || sampleRateHz > maxSampleRateHz) {
    refuse('wav-rate', `has a sample rate of ${sampleRateHz} Hz`, {
      found: `rate field of fmt: ${sampleRateHz}`,
      accepted: '1 Hz to 10 MHz',
      remedy: exportAgain,
    })
  }
  return { sampleRateHz, channels, littleEndian: true, ...readSampleFormat(chunk, codec, channels, refuse) }
}

function readSampleFormat(
  chunk: DataView,
  codec: number,
  channels: number,
  refuse: Refuse,
): Pick<SampleFormat, 'encoding' | 'sampleBytes' | 'frameBytes'> {
  if (codec === aLaw || codec === muLaw)
    return { encoding: codec === aLaw ? 'a-law' : 'mu-law', sampleBytes: 1, frameBytes: channels }
  const bits = chunk.getUint16(14, true)
  const accepted = codec === float ? [32, 64].includes(bits) : bits >= 8 && bits <= 32
  if (!accepted) {
    refuse('wav-bits', `has ${codec === float ? 'float' : 'PCM'} samples of ${bits} bits`, {
      found: `bits field of fmt: ${bits}`,
      accepted: codec === float ? '32 or 64 bits' : '8 to 32 bits',
      remedy: exportAgain,
    })
  }
  // A frame wider than the bits need holds each sample in the high bytes of a wider container; an inconsistent field is
  // ignored.
  const sampleBytes = Math.ceil(bits / 8)
  const container = chunk.getUint16(12, true) / channels
  const isContainer =
    codec === pcm && Number.isInteger(container) && container > sampleBytes && container <= 4
  const containerBytes = isContainer ? container : sampleBytes
  return {
    encoding: codec === float ? 'float' : containerBytes === 1 ? 'unsigned' : 'integer',
    sampleBytes: containerBytes,
    frameBytes: containerBytes * channels,
  }
}
