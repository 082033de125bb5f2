/**
 * Writes mono WAV files. Integers are rounded to the nearest step without dither, so that a 16-bit recording is written
 * back bit for bit, the same take gives the same bytes, and the figures of a download equal those on the page. The
 * error is at most half a step, 96 dB below full scale at 16 bits. Scaling is by 2^(bits - 1), as in the reader and in
 * libsndfile.
 */

export type WavEncoding = 'pcm16' | 'pcm24' | 'float32'

const sampleBytes = { pcm16: 2, pcm24: 3, float32: 4 } as const
const headerBytes = 44
/** Float files add the size of an extension, which is 0, and a `fact` chunk with the number of frames. */
const floatHeaderBytes = headerBytes + 2 + 12

/** `samples` are in [-1, 1]: integer formats clip values outside, floats keep them. */
export function encodeWav(
  samples: Float32Array,
  sampleRateHz: number,
  encoding: WavEncoding,
): Uint8Array<ArrayBuffer> {
  const isFloat = encoding === 'float32'
  const bytesPerSample = sampleBytes[encoding]
  const dataStart = isFloat ? floatHeaderBytes : headerBytes
  const dataBytes = samples.length * bytesPerSample
  const bytes = new Uint8Array(dataStart + dataBytes + (dataBytes % 2))
  const view = new DataView(bytes.buffer)
  let at = 0
  const text = (id: string) => {
    for (const character of id) view.setUint8(at++, character.charCodeAt(0))
  }
  const uint16 = (value: number) => {
    view.setUint16(at, value, true)
    at += 2
  }
  const uint32 = (value: number) => {
    view.setUint32(at, value, true)
    at += 4
  }
  text('RIFF')
  uint32(bytes.length - 8)
  text('WAVEfmt ')
  uint32(isFloat ? 18 : 16)
  uint16(isFloat ? 3 : 1)
  uint16(1)
  uint32(sampleRateHz)
  uint32(sampleRateHz * bytesPerSample)
  uint16(bytesPerSample)
  uint16(bytesPerSample * 8)
  if (isFloat) {
    uint16(0)
    text('fact')
    uint32(4)
    uint32(samples.length)
  }
  text('data')
  uint32(dataBytes)
  const write = sampleWriter(view, encoding)
  for (let i = 0; i < samples.length; i++) write(dataStart + i * bytesPerSample, samples[i])
  return bytes
}

function sampleWriter(view: DataView, encoding: WavEncoding): (at: number, sample: number) => void {
  switch (encoding) {
    case 'pcm16':
      return (at, sample) => view.setInt16(at, toStep(sample, 0x8000), true)
    case 'pcm24':
      return (at, sample) => {
        const step = toStep(sample, 0x800000)
        view.setUint16(at, step & 0xffff, true)
        view.setInt8(at + 2, step >> 16)
      }
    case 'float32':
      return (at, sample) => view.setFloat32(at, sample, true)
    default:
      return encoding satisfies never
  }
}

function toStep(sample: number, fullScale: number): number {
  return Math.max(-fullScale, Math.min(fullScale - 1, Math.round(sample * fullScale)))
}
