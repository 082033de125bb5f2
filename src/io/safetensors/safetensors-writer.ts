/**
 * Writes safetensors: an 8-byte header length, a JSON header, then the numbers, little-endian, in the given order
 * (https://github.com/huggingface/safetensors#format). Spaces pad the header so that data begin at a multiple of 8.
 */

export type TensorToWrite = {
  readonly name: string
  readonly dtype: 'F32' | 'F16'
  readonly shape: readonly number[]
  /**
   * Row-major, as many as the shape implies. For F16 each is rounded to the nearest, ties to even, as PyTorch's `half`.
   */
  readonly values: Float32Array
}

const prefixBytes = 8
const bytesPerNumber = { F32: 4, F16: 2 } satisfies Record<TensorToWrite['dtype'], number>

/** `metadata` becomes the file's `__metadata__`. Throws RangeError if values do not match their shape. */
export function writeSafetensors(
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = {}
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata
  let dataBytes = 0
  for (const { name, dtype, shape, values } of tensors) {
    if (shape.reduce((product, size) => product * size, 1) !== values.length)
      throw new RangeError(`${name} has ${values.length} values, which do not fit [${shape}]`)
    const end = dataBytes + values.length * bytesPerNumber[dtype]
    header[name] = { dtype, shape, data_offsets: [dataBytes, end] }
    dataBytes = end
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const headerBytes = Math.ceil(text.length / 8) * 8
  const bytes = new Uint8Array(prefixBytes + headerBytes + dataBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true)
  bytes.fill(0x20, prefixBytes, prefixBytes + headerBytes)
  bytes.set(text, prefixBytes)
  let at = prefixBytes + headerBytes
  for (const { dtype, values } of tensors) {
    const stored = dtype === 'F32' ? values : floatsToHalves(values)
    bytes.set(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength), at)
    at += stored.byteLength
  }
  return bytes
}

/** Converts to IEEE 754 binary16 bits; values out of range become infinite. */
export function floatsToHalves(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const halves = new Uint16Array(values.length)
  for (let i = 0; i < halves.length; i++) halves[i] = toHalf(bits[i])
  return halves
}

const halfInfinity = 0x7c00

function toHalf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000
  const magnitude = bits & 0x7fff_ffff
  if (magnitude > 0x7f80_0000) return sign | halfInfinity | 0x200 // NaN
  if (magnitude >= 0x4780_0000) return sign | halfInfinity // 2^16 and above
  const exponent = magnitude >>> 23
  if (exponent >= 113) {
    // Normal numbers, 2^-14 and above. A carry out of the fraction correctly increments the exponent.
    const rounded = magnitude - (112 << 23) + 0xfff + ((magnitude >>> 13) & 1)
    return sign | (rounded >>> 13)
  }
  if (exponent < 102) return sign // below half of the smallest subnormal
  const fraction = (magnitude & 0x7f_ffff) | 0x80_0000
  const shift = 126 - exponent
  const half = 1 << (shift - 1)
  return sign | ((fraction + half - 1 + ((fraction >>> shift) & 1)) >>> shift)
}
