/** Writes mels as version 1.0 npy files of little-endian float32, which every NumPy reads. */

/** `values` is row-major and has as many values as the product of `shape`. */
export function writeNpy(values: Float32Array, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sizes}), }`
  // Magic, version and length take 10 bytes; spaces and a line feed align the data to 64 bytes.
  const headerLength = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10
  const header = `\u0093NUMPY\u0001\u0000..${dictionary.padEnd(headerLength - 1)}\n`
  const bytes = new Uint8Array(header.length + values.length * 4)
  for (let i = 0; i < header.length; i++) bytes[i] = header.charCodeAt(i)
  new DataView(bytes.buffer).setUint16(8, headerLength, true)
  bytes.set(new Uint8Array(Float32Array.from(values).buffer), header.length)
  return bytes
}
