/**
 * Decodes stored numbers to the float32 that the page computes in. Every browser runs on little-endian hardware, so
 * big-endian input is byte-swapped and then viewed.
 */

/** Storage types by their NumPy names, and `bf16`, which NumPy lacks. */
export const bytesPerNumber = {
  f2: 2,
  bf16: 2,
  f4: 4,
  f8: 8,
  i1: 1,
  i2: 2,
  i4: 4,
  i8: 8,
  u1: 1,
  u2: 2,
  u4: 4,
  u8: 8,
} as const

export type NumberType = keyof typeof bytesPerNumber

/**
 * `bytes` holds complete numbers of `type`. Returns a new array. Values beyond float32 become infinite, and 64-bit
 * integers are rounded, as in NumPy's conversion.
 */
export function decodeNumbers(
  bytes: Uint8Array,
  type: NumberType,
  endianness: 'little' | 'big' = 'little',
): Float32Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes)
  if (endianness === 'big') swapBytes(copy, bytesPerNumber[type])
  const { buffer } = copy
  switch (type) {
    case 'f2':
      return halvesToFloats(new Uint16Array(buffer))
    case 'bf16':
      return bfloatsToFloats(new Uint16Array(buffer))
    case 'f4':
      return new Float32Array(buffer)
    case 'f8':
      return new Float32Array(new Float64Array(buffer))
    case 'i1':
      return new Float32Array(new Int8Array(buffer))
    case 'i2':
      return new Float32Array(new Int16Array(buffer))
    case 'i4':
      return new Float32Array(new Int32Array(buffer))
    case 'i8':
      return toFloats(new BigInt64Array(buffer))
    case 'u1':
      return new Float32Array(copy)
    case 'u2':
      return new Float32Array(new Uint16Array(buffer))
    case 'u4':
      return new Float32Array(new Uint32Array(buffer))
    case 'u8':
      return toFloats(new BigUint64Array(buffer))
    default:
      return type satisfies never
  }
}

/** Converts IEEE 754 binary16 bits to a number: exact, including subnormals, infinities and NaN. */
function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}

/** The number of each of the 65,536 patterns, made when it is first needed: a model has millions of them. */
let floatOfHalf: Float32Array<ArrayBuffer> | undefined

/** Plain loops, because `Float32Array.from` with a function uses the iterator and is ten times slower. */
function halvesToFloats(bits: Uint16Array): Float32Array<ArrayBuffer> {
  if (!floatOfHalf) {
    floatOfHalf = new Float32Array(2 ** 16)
    for (let half = 0; half < floatOfHalf.length; half++) floatOfHalf[half] = halfToFloat(half)
  }
  const floats = new Float32Array(bits.length)
  for (let i = 0; i < floats.length; i++) floats[i] = floatOfHalf[bits[i]]
  return floats
}

/** bfloat16 is the upper half of a float32. */
function bfloatsToFloats(values: Uint16Array): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(values.length)
  for (let i = 0; i < bits.length; i++) bits[i] = values[i] << 16
  return new Float32Array(bits.buffer)
}

function toFloats(values: BigInt64Array | BigUint64Array): Float32Array<ArrayBuffer> {
  const floats = new Float32Array(values.length)
  for (let i = 0; i < floats.length; i++) floats[i] = Number(values[i])
  return floats
}

function swapBytes(bytes: Uint8Array, width: number): void {
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse()
}
