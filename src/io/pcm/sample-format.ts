/** Samples as uncompressed files store them: interleaved frames of integers, floats, or bytes of ITU-T G.711. */
import { aLawSample, muLawSample } from './g711.ts'

export type SampleFormat = {
  /** `unsigned` is an integer with its zero in the middle of its range, as WAV stores 8 bits. */
  readonly encoding: 'integer' | 'unsigned' | 'float' | 'a-law' | 'mu-law'
  /** 1 to 4 for integers, 1 for unsigned ones and G.711, 4 or 8 for floats. */
  readonly sampleBytes: number
  /** Total over all channels. */
  readonly frameBytes: number
  readonly channels: number
  readonly sampleRateHz: number
  readonly littleEndian: boolean
}

/** Returns the sample of `channel` in `frame`, with full scale at +-1. */
export type ReadSample = (frame: number, channel: number) => number

export function sampleReader(data: Uint8Array<ArrayBuffer>, format: SampleFormat): ReadSample {
  const { sampleBytes, frameBytes } = format
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const read = readerAt(view, format)
  return (frame, channel) => read(frame * frameBytes + channel * sampleBytes)
}

function readerAt(
  view: DataView,
  { encoding, sampleBytes, littleEndian }: SampleFormat,
): (at: number) => number {
  switch (encoding) {
    case 'float':
      return sampleBytes === 8
        ? (at) => view.getFloat64(at, littleEndian)
        : (at) => view.getFloat32(at, littleEndian)
    case 'unsigned':
      return (at) => (view.getUint8(at) - 0x80) / 0x80
    case 'integer':
      return integerReader(view, sampleBytes, littleEndian)
    case 'a-law':
      return (at) => aLawSample(view.getUint8(at))
    case 'mu-law':
      return (at) => muLawSample(view.getUint8(at))
    default:
      return encoding satisfies never
  }
}

function integerReader(view: DataView, sampleBytes: number, littleEndian: boolean): (at: number) => number {
  switch (sampleBytes) {
    case 1:
      return (at) => view.getInt8(at) / 0x80
    case 2:
      return (at) => view.getInt16(at, littleEndian) / 0x8000
    case 3:
      return littleEndian
        ? (at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 0x10000) / 0x800000
        : (at) => (view.getInt16(at) * 0x100 + view.getUint8(at + 2)) / 0x800000
    case 4:
      return (at) => view.getInt32(at, littleEndian) / 0x80000000
    default:
      throw new RangeError(`No integer sample takes ${sampleBytes} bytes.`)
  }
}
