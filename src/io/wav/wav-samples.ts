/** Samples as WAV files store them: interleaved frames of little-endian integers or floats. */

export type SampleFormat = {
  readonly encoding: 'integer' | 'float'
  /** 1 to 4 for integers, of which one byte is unsigned; 4 or 8 for floats. */
  readonly sampleBytes: number
  /** Total over all channels. */
  readonly frameBytes: number
}

/** Decodes the first channel of `frames` complete frames, with full scale at +-1. */
export function decodeSamples(
  data: Uint8Array<ArrayBuffer>,
  frames: number,
  { encoding, sampleBytes, frameBytes }: SampleFormat,
): Float32Array<ArrayBuffer> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const samples = new Float32Array(frames)
  const read = encoding === 'float' ? floatReader(view, sampleBytes) : integerReader(view, sampleBytes)
  for (let i = 0; i < frames; i++) samples[i] = read(i * frameBytes)
  return samples
}

function floatReader(view: DataView, sampleBytes: number): (at: number) => number {
  return sampleBytes === 8 ? (at) => view.getFloat64(at, true) : (at) => view.getFloat32(at, true)
}

function integerReader(view: DataView, sampleBytes: number): (at: number) => number {
  switch (sampleBytes) {
    case 1:
      return (at) => (view.getUint8(at) - 0x80) / 0x80
    case 2:
      return (at) => view.getInt16(at, true) / 0x8000
    case 3:
      return (at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 0x10000) / 0x800000
    case 4:
      return (at) => view.getInt32(at, true) / 0x80000000
    default:
      throw new RangeError(`No integer sample takes ${sampleBytes} bytes.`)
  }
}
