/** A version 1.0 npy file with any header, valid or not, for tests. */
export function npyFile(header: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(10 + header.length + data.length)
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0])
  new DataView(bytes.buffer).setUint16(8, header.length, true)
  bytes.set(new TextEncoder().encode(header), 10)
  bytes.set(data, 10 + header.length)
  return bytes
}
