/**
 * Reads uncompressed AIFF and AIFC files: chunks of big-endian numbers, of which COMM describes the samples and SSND
 * holds them (Apple, "Audio Interchange File Format 1.3" and "AIFF-C").
 */
import { fourCharacters, viewOf } from '../pcm/chunks.ts'
import { maxSampleRateHz, type PcmAudio, type PcmOptions, readPcm, refuseTooLong } from '../pcm/pcm-audio.ts'
import type { SampleFormat } from '../pcm/sample-format.ts'
import { convertWith, fetchAgain, type Refuse, refusalsOf } from '../refusal.ts'

/**
 * `file` is the name for messages. Refuses with `aiff-no-comm`, `aiff-no-ssnd`, `aiff-codec`, `aiff-format`, and with
 * the problems of `readPcm`.
 */
export function decodeAiff(bytes: Uint8Array<ArrayBuffer>, file: string, options: PcmOptions = {}): PcmAudio {
  const refuse = refusalsOf(file)
  const { common, sound } = findChunks(bytes, bytes.length)
  const remedy = fetchAgain
  if (!common) return refuse('aiff-no-comm', 'has no COMM chunk, or a truncated one', { remedy })
  if (!sound) return refuse('aiff-no-ssnd', 'has no SSND chunk', { remedy })
  return readPcm(bytes.subarray(sound.start, sound.end), readFormat(common, refuse, file), options, refuse)
}

/** Refuses with `audio-too-long` by the first bytes of a file of `fileBytes`, as `refuseLongWav` does. */
export function refuseLongAiff(head: Uint8Array<ArrayBuffer>, fileBytes: number, file: string): void {
  const refuse = refusalsOf(file)
  const { common, sound } = findChunks(head, fileBytes)
  if (common && sound) refuseTooLong(sound.end - sound.start, readFormat(common, refuse, file), refuse)
}

/** The sample data may end beyond the bytes that were read, but not beyond the file. */
type Chunks = {
  readonly common?: Uint8Array<ArrayBuffer>
  readonly sound?: { readonly start: number; readonly end: number }
}

/** The fields up to the sampling rate; AIFC adds the name of the codec. */
const commonBytes = 18
/** Two fields precede the samples: their offset, for alignment, and the size of the blocks that they are aligned to. */
const soundHeaderBytes = 8

function findChunks(bytes: Uint8Array<ArrayBuffer>, fileBytes: number): Chunks {
  const view = viewOf(bytes)
  let common: Chunks['common']
  let sound: Chunks['sound']
  for (let at = 12; at + 8 <= bytes.length && !(common && sound); ) {
    const id = fourCharacters(bytes, at)
    const size = view.getUint32(at + 4)
    const start = at + 8
    const end = Math.min(start + size, fileBytes)
    const chunk = bytes.subarray(start, end)
    if (id === 'COMM' && chunk.length >= commonBytes) common ??= chunk
    if (id === 'SSND' && chunk.length >= soundHeaderBytes) {
      const first = start + soundHeaderBytes + view.getUint32(start)
      sound ??= { start: Math.min(first, end), end }
    }
    at = start + size + (size % 2)
  }
  return { common, sound }
}

/** Codecs of AIFC that are not compressed, or by G.711 only; `NONE` is also that of plain AIFF. */
const codecs: ReadonlyMap<string, Partial<SampleFormat>> = new Map<string, Partial<SampleFormat>>([
  ['NONE', {}],
  ['twos', {}],
  ['in24', { sampleBytes: 3 }],
  ['in32', { sampleBytes: 4 }],
  ['sowt', { littleEndian: true }],
  ['raw ', { encoding: 'unsigned' }],
  ['fl32', { encoding: 'float', sampleBytes: 4 }],
  ['FL32', { encoding: 'float', sampleBytes: 4 }],
  ['fl64', { encoding: 'float', sampleBytes: 8 }],
  ['FL64', { encoding: 'float', sampleBytes: 8 }],
  ['alaw', { encoding: 'a-law', sampleBytes: 1 }],
  ['ALAW', { encoding: 'a-law', sampleBytes: 1 }],
  ['ulaw', { encoding: 'mu-law', sampleBytes: 1 }],
  ['ULAW', { encoding: 'mu-law', sampleBytes: 1 }],
])

function readFormat(common: Uint8Array<ArrayBuffer>, refuse: Refuse, file: string): SampleFormat {
  const view = viewOf(common)
  const codec = common.length >= commonBytes + 4 ? fourCharacters(common, commonBytes) : 'NONE'
  const described = codecs.get(codec)
  if (!described) {
    return refuse('aiff-codec', 'is compressed in a way that cannot be read here', {
      found: `codec ${/^[ -~]{4}$/.test(codec) ? codec : 'unknown'} (COMM)`,
      accepted: [...codecs.keys()].map((name) => name.trim()).join(', '),
      remedy: convertWith(file),
    })
  }
  const channels = view.getUint16(0)
  const bits = view.getUint16(6)
  const sampleRateHz = extendedFloat(view, 8)
  const { encoding = 'integer', sampleBytes = Math.ceil(bits / 8), littleEndian = false } = described
  const isValid =
    channels > 0 &&
    sampleBytes >= 1 &&
    sampleBytes <= (encoding === 'unsigned' ? 1 : encoding === 'float' ? 8 : 4) &&
    sampleRateHz >= 1 &&
    sampleRateHz <= maxSampleRateHz
  if (!isValid) {
    refuse('aiff-format', 'describes samples that cannot be', {
      found: `${channels} channels of ${bits} bits at ${sampleRateHz} Hz (COMM)`,
      accepted: 'at least 1 channel, 1 to 32 bits, 1 Hz to 10 MHz',
      remedy: convertWith(file),
    })
  }
  const frameBytes = sampleBytes * channels
  return { encoding, sampleBytes, frameBytes, channels, sampleRateHz, littleEndian }
}

/** An 80-bit float of IEEE 754: a sign, 15 bits of exponent, and a mantissa of 64 bits with its leading one. */
function extendedFloat(view: DataView, at: number): number {
  const exponent = (view.getUint16(at) & 0x7fff) - 0x3fff
  const mantissa = view.getUint32(at + 2) * 2 ** 32 + view.getUint32(at + 6)
  return mantissa * 2 ** (exponent - 63)
}
