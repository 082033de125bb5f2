/** Safetensors files, valid or deliberately damaged, for tests. */

export function safetensorsFile(header: object, data = new Uint8Array()): Uint8Array<ArrayBuffer> {
  return safetensorsBytes(JSON.stringify(header), data)
}

export function safetensorsBytes(
  header: string | Uint8Array,
  data = new Uint8Array(),
): Uint8Array<ArrayBuffer> {
  const headerBytes = typeof header === 'string' ? new TextEncoder().encode(header) : header
  const bytes = new Uint8Array(8 + headerBytes.length + data.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes.length), true)
  bytes.set(headerBytes, 8)
  bytes.set(data, 8 + headerBytes.length)
  return bytes
}
